/** Enters what the addressee has said in public, with its source, as an answer. */
import { around } from "./act.ts";
import { logSigned } from "./log-signed.ts";

export const statementAdd = around<"statement-add">(async ({ desk, caller }, { record, sig }) => {
  const { hash, title } = await logSigned(desk, record, [{ organiser: caller.key, sig }], [record.source]);
  return { answer: { record: hash }, about: title };
});
