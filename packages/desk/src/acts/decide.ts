/** Shows a name that waits, or hides one with a reason; its text is erased then, and the count stays what it is. */
import { DeskError } from "../errors.ts";
import { letterText } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const decide = around<"decide">(async ({ desk }, { workforce, letter, index, show, reason }) => {
  const { title } = await letterText(desk, desk.database.db, workforce, letter);
  const at = { workforce, letter, index };
  if (show) {
    if (reason !== null)
      throw new DeskError("reason-with-show", "A name that is shown has no reason: leave it out.");
    const done = await desk.board.showOpening(at);
    return { answer: {}, about: done ? `${title}: a name that waited is shown` : null };
  }
  if (reason === null)
    throw new DeskError("reason-needed", "Say why the name is hidden: everybody will see the reason.");
  const done = await desk.board.hideOpening({ ...at, reason });
  // Of the name itself nothing stays, here neither.
  return { answer: {}, about: done ? `${title}: a name was hidden (${reason})` : null };
});
