/** Enters into a letter's chronicle what one organiser may tell alone: it is in the log at once. */
import { around } from "./act.ts";
import { aboutEntry, sourcesOf } from "./chronicle-propose.ts";
import { logSigned } from "./log-signed.ts";

export const chronicleAdd = around<"chronicle-add">(async ({ desk, caller }, { record, sig }) => {
  const by = [{ organiser: caller.key, sig }];
  const { hash, title } = await logSigned(desk, record, by, sourcesOf(record));
  return { answer: { record: hash }, about: aboutEntry(title, record) };
});
