/** How a delivery, an answer and a judgement are said at the desk, in plain words. */
import type {
  ActAnswer,
  Day,
  DeliveryWay,
  DemandState,
  JudgementRecord,
  WithheldRecord,
} from "@undersigned/core";
import { longDay } from "../../../../shared/words/days.ts";

export type Delivery = ActAnswer<"delivery">;
export type Unverified = ActAnswer<"answers">["unverified"][number];
export type Proposed = ActAnswer<"judgements">["proposed"][number];

export const WAY_WORDS: Readonly<Record<DeliveryWay, string>> = {
  mail: "by mail",
  hand: "by hand",
  post: "by post",
};

export const STATES: readonly {
  readonly value: DemandState;
  readonly label: string;
  readonly hint: string;
}[] = [
  { value: "met", label: "Met", hint: "What the letter names as the sign of it has happened." },
  { value: "partly", label: "Partly met", hint: "Some of it has happened. Say what, and what is missing." },
  { value: "promised", label: "Promised", hint: "They have said that they will, and by when." },
  { value: "refused", label: "Refused", hint: "They have said that they will not." },
  { value: "unanswered", label: "Unanswered", hint: "They have said nothing about it." },
];

/** `Promised by 3 May 2027. That day has passed.` */
export function judgementWords(
  { state, until }: Pick<JudgementRecord, "state" | "until">,
  today: Day,
): string {
  const label = STATES.find(({ value }) => value === state)?.label ?? state;
  if (until === null) return label;
  return `${label} by ${longDay(until)}${until < today ? ". That day has passed" : ""}`;
}

export const WITHHELD_REASONS: readonly {
  readonly value: WithheldRecord["reason"];
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    value: "names-people",
    label: "It names people",
    hint: "Somebody is named who has not agreed to it, as a colleague.",
  },
  {
    value: "endangers-people",
    label: "It endangers people",
    hint: "What it says could hurt somebody, named or not.",
  },
  { value: "unlawful", label: "It may not be published", hint: "A court or a law forbids it." },
];

export function withheldWords({ day, reason }: Pick<WithheldRecord, "day" | "reason">): string {
  const why = WITHHELD_REASONS.find(({ value }) => value === reason)?.label ?? reason;
  return `Its text was withheld on ${longDay(day)}: ${why.charAt(0).toLowerCase()}${why.slice(1)}. That there was an answer, and its hash, stay in the log.`;
}
