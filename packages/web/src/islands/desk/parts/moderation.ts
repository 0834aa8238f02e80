/** The part `moderation`: the queue of shown names, and its lists. */
import { ModerationPage } from "../letters/moderation/moderation-page.tsx";
import { sentences } from "../letters/sentences.ts";

export const pages = { moderation: ModerationPage };
export { sentences };
