/** What letters' states, thin anonymity and reasons of hiding are called, in plain words. */
import type { ActAnswer, ActBody } from "@undersigned/core";

export type Letter = ActAnswer<"letters">["letters"][number];
export type Dashboard = ActAnswer<"dashboard">;
export type QueueItem = ActAnswer<"queue">["items"][number];
export type HideReason = NonNullable<ActBody<"decide">["reason"]>;

export const HIDE_REASONS = [
  "impersonation",
  "slur",
  "link",
  "invisible",
  "length",
  "asked",
] as const satisfies readonly HideReason[];
