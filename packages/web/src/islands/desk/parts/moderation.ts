/** The part `moderation`: the queue of shown names, and its lists. */
import { ModerationPage } from "../letters/moderation/moderation-page.tsx";

export const pages = { moderation: ModerationPage };
