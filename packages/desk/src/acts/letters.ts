/** All letters of this board, listed or not. */
import { boardLetters } from "../model/board-texts.ts";
import { letterSummary } from "../model/letter-summary.ts";
import { within } from "./act.ts";

export const letters = within<"letters">(async ({ desk, trx }) => {
  const all = await boardLetters(desk, trx);
  const summaries = [];
  for (const letter of all) summaries.push(await letterSummary(desk, trx, letter, all));
  return { answer: { letters: summaries.reverse() } };
});
