/** Drops a proposed entry of the chronicle. One that is in the log stays: it is taken back by another entry. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { deleteEntryRow, findEntryRow, isProposed } from "../model/proposed-entries.ts";
import { within } from "./act.ts";
import { aboutEntry } from "./chronicle-propose.ts";

export const chronicleDrop = within<"chronicle-drop">(
  async ({ desk, trx }, { workforce, letter, record: hash }) => {
    const { manifest } = await boardLetter(desk, trx, workforce, letter);
    const known = await findEntryRow(desk, trx, letter, hash);
    if (known === null) return { answer: {}, about: null };
    if (!isProposed(known)) {
      throw new DeskError(
        "proposal-agreed",
        "Two owners have agreed to this: it stays in the log. Take it back by an entry of its own.",
      );
    }
    await deleteEntryRow(desk, trx, letter, hash);
    return { answer: {}, about: aboutEntry(manifest.title, known.record) };
  },
);
