/** Acts that look after a letter: how it stands, names that are shown, its poster, its rehearsal. */
import { dashboard } from "./dashboard.ts";
import { decide } from "./decide.ts";
import { moderationLists } from "./moderation-lists.ts";
import { moderationListsSave } from "./moderation-lists-save.ts";
import { poster } from "./poster.ts";
import { queue } from "./queue.ts";
import { rehearsal } from "./rehearsal.ts";
import { rehearsalEnd } from "./rehearsal-end.ts";
import { rehearsalStart } from "./rehearsal-start.ts";

export const careActs = {
  dashboard,
  poster,
  queue,
  decide,
  "moderation-lists": moderationLists,
  "moderation-lists-save": moderationListsSave,
  "rehearsal-start": rehearsalStart,
  rehearsal,
  "rehearsal-end": rehearsalEnd,
} as const;
