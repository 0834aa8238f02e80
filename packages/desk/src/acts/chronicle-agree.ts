/** A second owner agrees to an entry of the chronicle: from then on it stands in the log, for everybody. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { readOrganisers } from "../model/organisers.ts";
import { findEntryRow, isProposed, putEntryRow } from "../model/proposed-entries.ts";
import { around } from "./act.ts";
import { aboutEntry, proposalUnknown, sourcesOf } from "./chronicle-propose.ts";
import { logSigned } from "./log-signed.ts";
import { requireSignedBy } from "./require-signed-by.ts";

export const chronicleAgree = around<"chronicle-agree">(
  async ({ desk, caller }, { workforce, letter, record: hash, sig }) => {
    const { db } = desk.database;
    const at = await boardLetter(desk, db, workforce, letter);
    const known = await findEntryRow(desk, db, letter, hash);
    if (known === null) throw proposalUnknown();
    if (!isProposed(known)) {
      if (known.agreed === caller.id) return { answer: {}, about: null };
      throw new DeskError("proposal-agreed", "Another owner has agreed already: it stands in the log.");
    }
    const { record, by: first } = known;
    const owners = (await readOrganisers(desk, db)).filter(({ role }) => role === "owner");
    if (!owners.some(({ id, key }) => id === first.id && key === first.key)) {
      throw new DeskError(
        "proposal-unknown",
        "Who has proposed this is no owner any more: drop it, and propose it again.",
      );
    }
    if (first.id === caller.id || first.key === caller.key) {
      throw new DeskError("proposal-by-one", "You have proposed this yourself: another owner must agree.");
    }
    await requireSignedBy(caller, at, { type: "chronicle", hash, sig });
    const by = [
      { organiser: first.key, sig: first.sig },
      { organiser: caller.key, sig },
    ].sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    // The board logs a record once and answers the same again, so what a crash has cut off is done here once more.
    const { title } = await logSigned(desk, record, by, sourcesOf(record));
    await desk.database.transaction((trx) =>
      putEntryRow(desk, trx, letter, { ...known, record: null, agreed: caller.id }),
    );
    return { answer: {}, about: aboutEntry(title, record) };
  },
);
