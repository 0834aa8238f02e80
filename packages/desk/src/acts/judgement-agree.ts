/** A second owner agrees to a judgement: from then on it stands in the log, for everybody. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { findJudgement, putJudgement } from "../model/judgements.ts";
import { readOrganisers } from "../model/organisers.ts";
import { around } from "./act.ts";
import { aboutOf, judgementUnknown } from "./judgement-propose.ts";
import { logSigned } from "./log-signed.ts";
import { requireSignedBy } from "./require-signed-by.ts";

export const judgementAgree = around<"judgement-agree">(
  async ({ desk, caller }, { workforce, letter, record: hash, sig }) => {
    const { db } = desk.database;
    const at = await boardLetter(desk, db, workforce, letter);
    const known = await findJudgement(desk, db, letter, hash);
    const [first, second] = known?.by ?? [];
    if (known === null || first === undefined) throw judgementUnknown();
    if (second !== undefined) {
      if (second.id === caller.id) return { answer: {}, about: null };
      throw new DeskError("judgement-agreed", "Another owner has agreed already: it stands in the log.");
    }
    const owners = (await readOrganisers(desk, db)).filter(({ role }) => role === "owner");
    if (!owners.some(({ id, key }) => id === first.id && key === first.key)) {
      throw new DeskError(
        "judgement-unknown",
        "Who has proposed this is no owner any more: drop it, and propose it again.",
      );
    }
    if (first.id === caller.id || first.key === caller.key) {
      throw new DeskError("judgement-by-one", "You have proposed this yourself: another owner must agree.");
    }
    await requireSignedBy(caller, at, { type: "judgement", hash, sig });
    const by = [
      { organiser: first.key, sig: first.sig },
      { organiser: caller.key, sig },
    ].sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    // The board logs a record once and answers the same again, so what a crash has cut off is done here once more.
    const { source } = known.record;
    await logSigned(desk, known.record, by, source === null ? [] : [source]);
    const { id, alias, key } = caller;
    await desk.database.transaction((trx) =>
      putJudgement(desk, trx, { ...known, by: [first, { id, alias, key, sig }] }),
    );
    return { answer: {}, about: aboutOf(at, known.record) };
  },
);
