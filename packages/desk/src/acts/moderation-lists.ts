/** Names and words that make a signatory's name wait. */
import { readModerationLists } from "../model/moderation-lists.ts";
import { within } from "./act.ts";

export const moderationLists = within<"moderation-lists">(async ({ desk, trx }) => ({
  answer: await readModerationLists(desk, trx),
}));
