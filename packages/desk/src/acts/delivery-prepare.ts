/** Makes what is handed over, from the log as it is now. */
import { boardLetter } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const deliveryPrepare = around<"delivery-prepare">(async ({ desk }, { workforce, letter }) => {
  const of = await boardLetter(desk, desk.database.db, workforce, letter);
  const answer = await desk.preparations.prepare(desk, of);
  return { answer, about: of.manifest.title };
});
