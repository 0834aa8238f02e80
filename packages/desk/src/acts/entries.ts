/** The list of acts, newest first. */
import { readEntries } from "../model/entries.ts";
import { within } from "./act.ts";

export const entries = within<"entries">(async ({ desk, trx }, { before }) => ({
  answer: { entries: await readEntries(desk, trx, before) },
}));
