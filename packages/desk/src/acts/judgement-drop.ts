/** Drops a proposed judgement. One that is in the log stays. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { deleteJudgement, findJudgement } from "../model/judgements.ts";
import { within } from "./act.ts";
import { aboutOf } from "./judgement-propose.ts";

export const judgementDrop = within<"judgement-drop">(
  async ({ desk, trx }, { workforce, letter, record }) => {
    const at = await boardLetter(desk, trx, workforce, letter);
    const known = await findJudgement(desk, trx, letter, record);
    if (known === null) return { answer: {}, about: null };
    if (known.by.length > 1) {
      throw new DeskError(
        "judgement-agreed",
        "Two owners have agreed to this: it stays in the log. Judge the demand anew.",
      );
    }
    await deleteJudgement(desk, trx, known.record);
    return { answer: {}, about: aboutOf(at, known.record) };
  },
);
