/** Mails to the answer address that do not count. Those that do are public. */
import { boardLetter } from "../model/board-texts.ts";
import { readUnverified } from "../model/unverified.ts";
import { within } from "./act.ts";

export const answers = within<"answers">(async ({ desk, trx }, { workforce, letter }) => {
  await boardLetter(desk, trx, workforce, letter);
  return { answer: { unverified: await readUnverified(desk, trx, letter) } };
});
