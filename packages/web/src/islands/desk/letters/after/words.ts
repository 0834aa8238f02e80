/** How a delivery, an answer and a judgement are said at the desk, in plain words. */

import type { ActAnswer, Day, DemandState, JudgementRecord, WithheldRecord } from "@undersigned/core";
import { say } from "../../../say.ts";

export type Delivery = ActAnswer<"delivery">;
export type Unverified = ActAnswer<"answers">["unverified"][number];
export type Proposed = ActAnswer<"judgements">["proposed"][number];

export const STATES = [
  "met",
  "partly",
  "promised",
  "refused",
  "unanswered",
] as const satisfies readonly DemandState[];

/** `Promised by 3 May 2027. That day has passed.` */
export function judgementWords(
  { state, until }: Pick<JudgementRecord, "state" | "until">,
  today: Day,
): string {
  if (until === null) return say(`desk-after.state.${state}`);
  return say("desk-after.promised-by", { day: say.day(until), passed: until < today ? "yes" : "no" });
}

export const WITHHELD_REASONS = [
  "names-people",
  "endangers-people",
  "unlawful",
] as const satisfies readonly WithheldRecord["reason"][];

export function withheldWords({ day, reason }: Pick<WithheldRecord, "day" | "reason">): string {
  return say("desk-after.its-text-was-withheld", { day: say.day(day), reason: reason.split("-")[0] ?? "" });
}
