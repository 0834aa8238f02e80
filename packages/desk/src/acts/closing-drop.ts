/** Drops a proposal to close a letter early. One that is in the log stays. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { deleteClosing, findClosing } from "../model/closings.ts";
import { within } from "./act.ts";

export const closingDrop = within<"closing-drop">(async ({ desk, trx }, { workforce, letter }) => {
  const at = await boardLetter(desk, trx, workforce, letter);
  const known = await findClosing(desk, trx, letter);
  if (known === null) return { answer: {}, about: null };
  if (at.moved || known.by.length > 1) {
    throw new DeskError("closing-exists", "The new last day is in the log: it stays.");
  }
  await deleteClosing(desk, trx, letter);
  return { answer: {}, about: at.manifest.title };
});
