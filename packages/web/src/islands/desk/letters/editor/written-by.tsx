/** Who wrote in a field last, and on which day; nothing where nobody has, or it was oneself. */
import { longDay } from "../../../../shared/words/days.ts";
import type { Editing } from "./editing.ts";

export function WrittenBy({ editing, field }: { readonly editing: Editing; readonly field: string }) {
  const saved = editing.document.saved(field);
  if (saved === null || saved.by === editing.me) return null;
  return (
    <p class="hint written">
      Last written by <bdi>{saved.by}</bdi> on <time datetime={saved.day}>{longDay(saved.day)}</time>.
    </p>
  );
}
