/** Exactly what readers will see, as in the public list. */
import type { Appearance } from "@undersigned/core";

export function ShownAs({ appearance }: { readonly appearance: Appearance }) {
  if (appearance.kind === "anonymous") return <p>Counted, and not listed.</p>;
  const name = appearance.kind === "named" ? appearance.name : null;
  const parts = [name, appearance.role, appearance.place].filter((part) => part !== null);
  return (
    <p>
      {parts.map((part, i) => (
        <span key={part}>
          {i > 0 && ", "}
          <bdi>{part}</bdi>
        </span>
      ))}
    </p>
  );
}
