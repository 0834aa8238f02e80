/** Exactly what readers will see, as in the public list. */

import type { Appearance } from "@undersigned/core";
import { say } from "../../say.ts";

export interface ShownAsProps {
  readonly appearance: Appearance;
  /** The name that will stand as confirmed, where it is not in the appearance yet. */
  readonly confirmed?: string | null;
}

export function ShownAs({ appearance, confirmed = null }: ShownAsProps) {
  if (appearance.kind === "anonymous") return <p>{say("sign-signing.shown-as.counted-and-not-listed")}</p>;
  const name = appearance.kind === "named" ? appearance.name : null;
  const parts = [name, appearance.role, appearance.place].filter((part) => part !== null);
  const isConfirmed = appearance.kind === "named" && (appearance.confirmed !== null || name === confirmed);
  return (
    <p>
      {parts.map((part, i) => (
        <span key={part}>
          {i > 0 && say("sign-signing.comma")}
          <bdi>{part}</bdi>
        </span>
      ))}
      {name !== null && " "}
      {name !== null && (
        <span class={isConfirmed ? "mark confirmed" : "mark"}>
          {isConfirmed ? say("sign-signing.shown-as.confirmed") : say("sign-signing.shown-as.given")}
        </span>
      )}
    </p>
  );
}
