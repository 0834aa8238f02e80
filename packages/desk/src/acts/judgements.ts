/** Judgements that one owner has proposed and no other has agreed to. */
import { boardLetter } from "../model/board-texts.ts";
import { readJudgements } from "../model/judgements.ts";
import { within } from "./act.ts";

export const judgements = within<"judgements">(async ({ desk, caller, trx }, { workforce, letter }) => {
  await boardLetter(desk, trx, workforce, letter);
  const proposed = (await readJudgements(desk, trx, letter)).filter(({ by }) => by.length === 1);
  return {
    answer: {
      proposed: proposed.map(({ record, by: [first] }) => ({
        record,
        by: first!.alias,
        yours: first!.id === caller.id,
      })),
    },
  };
});
