/** Entries of the chronicle that one owner has proposed and no other has agreed to. */
import { boardLetter } from "../model/board-texts.ts";
import { readProposedEntries } from "../model/proposed-entries.ts";
import { within } from "./act.ts";

export const chronicle = within<"chronicle">(async ({ desk, caller, trx }, { workforce, letter }) => {
  await boardLetter(desk, trx, workforce, letter);
  const proposed = await readProposedEntries(desk, trx, letter);
  return {
    answer: {
      proposed: proposed.map(({ record, by }) => ({ record, by: by.alias, yours: by.id === caller.id })),
    },
  };
});
