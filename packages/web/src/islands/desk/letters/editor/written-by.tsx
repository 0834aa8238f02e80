/** Who wrote in a field last, and on which day; nothing where nobody has, or it was oneself. */

import { foreign } from "@undersigned/messages";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
import type { Editing } from "./editing.ts";

export function WrittenBy({ editing, field }: { readonly editing: Editing; readonly field: string }) {
  const saved = editing.document.saved(field);
  if (saved === null || saved.by === editing.me) return null;
  return (
    <p class="hint written">
      <Says
        words={say.rich("desk-writing.last-written", { who: foreign(saved.by), day: say.day(saved.day) })}
      />
    </p>
  );
}
