/** Changes the register of what the company supplies. */
import { around } from "./act.ts";
import { logSigned } from "./log-signed.ts";

export const dealingsChange = around<"dealings-change">(async ({ desk, caller }, { record, sig }) => {
  const sources = record.changes.flatMap(({ entry }) => entry?.sources ?? []);
  const { hash, title } = await logSigned(desk, record, [{ organiser: caller.key, sig }], sources);
  return { answer: { record: hash }, about: title };
});
