/** Changes the names and words that make a signatory's name wait, from the next batch on. */
import { saveModerationLists } from "../model/moderation-lists.ts";
import { within } from "./act.ts";

export const moderationListsSave = within<"moderation-lists-save">(async ({ desk, trx }, body) => {
  const version = await saveModerationLists(desk, trx, body);
  const about =
    version === body.base ? null : `${body.publicFigures.length} names, ${body.words.length} words`;
  return { answer: { version }, about };
});
