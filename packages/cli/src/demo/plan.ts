/**
 * Who does what on which of the demo's days. Day 0 is the day on which the letter opens; the last tick is at the beginning of
 * day LAST_DAY, which is today. Every day's number of signatories is at least the batch minimum, so that each batch, and the
 * last one too, leaves nobody waiting.
 */
import type { BatchRule } from "@undersigned/core";
import { seeded, shuffled } from "./random.ts";

export const LAST_DAY = 17;
const SIGNING_DAYS = 14;
/** An earlier letter, where there is one, is signed by those who sign on the first days, and by so many at most. */
export const EARLIER_DAYS = 4;
const EARLIER_MOST = 60;
/** How a letter of this kind goes: slow on the first day, most in the first week, then a long tail. */
const WEIGHTS: readonly number[] = [5, 9, 13, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2, 2];

export type DayPlan = {
  readonly enrol: number[];
  readonly sign: number[];
  readonly revise: number[];
  readonly withdraw: number[];
};

export type Plan = {
  /** LAST_DAY entries, of days 0 to LAST_DAY - 1. Numbers are those of people, from 1. */
  readonly days: readonly DayPlan[];
  /** Who loses the answer to an enrolment, and repeats. */
  readonly losesEnrolment: ReadonlySet<number>;
  /** Who loses the answer to an endorsement, and repeats. */
  readonly losesEndorsement: ReadonlySet<number>;
  /** Whose endorsement is posted twice. */
  readonly postsTwice: ReadonlySet<number>;
  /** Who tries to enrol again with another phrase. */
  readonly triesAgain: ReadonlySet<number>;
};

/** Who signs the earlier letter too, on the day on which they sign the other. */
export function earlierSigners({ days }: Plan): ReadonlySet<number> {
  return new Set(
    days
      .slice(0, EARLIER_DAYS)
      .flatMap(({ sign }) => sign)
      .slice(0, EARLIER_MOST),
  );
}

/** `first` 100 and `min` 20, or less where fewer than 200 sign. */
export function batchRuleFor(signatories: number): BatchRule {
  const few = signatories < 200;
  const min = few ? Math.max(1, Math.min(20, Math.floor(signatories / 4))) : 20;
  return {
    first: few ? Math.ceil(signatories / 4) : 100,
    classes: { mailbox: { min, every: 1 }, vouched: { min, every: 1 } },
  };
}

/** `total` over the days, each at least `min`, most on the days of most weight. */
export function dailyNumbers(total: number, min: number): number[] {
  const days = Math.max(1, Math.min(SIGNING_DAYS, Math.floor(total / min)));
  const weights = WEIGHTS.slice(0, days);
  const sum = weights.reduce((a, b) => a + b, 0);
  const spare = Math.max(0, total - days * min);
  let given = 0;
  let weight = 0;
  return weights.map((own) => {
    weight += own;
    const upTo = Math.floor((spare * weight) / sum);
    const number = upTo - given;
    given = upTo;
    return number + Math.min(min, total);
  });
}

/**
 * The plan for people 1 to `signatories`. The same at every call. With `allStay` nobody withdraws, so that everyone is
 * counted in the end.
 */
export function makePlan(signatories: number, { allStay = false } = {}): Plan {
  const random = seeded(signatories);
  const { classes } = batchRuleFor(signatories);
  const days: DayPlan[] = Array.from({ length: LAST_DAY }, () => ({
    enrol: [],
    sign: [],
    revise: [],
    withdraw: [],
  }));
  const on = (day: number): DayPlan => days[day] as DayPlan;

  const signedOn = new Map<number, number>();
  let next = 1;
  for (const [day, number] of dailyNumbers(signatories, classes.mailbox.min).entries()) {
    for (let i = 0; i < number; i++, next++) {
      signedOn.set(next, day);
      on(day).sign.push(next);
      // One in five enrols earlier than they sign.
      on(random() < 0.2 ? Math.max(0, day - 1 - Math.floor(random() * 2)) : day).enrol.push(next);
    }
  }

  const everyone = Array.from({ length: signatories }, (_, i) => i + 1);
  const changing = shuffled(random, everyone);
  const revisions = Math.round(signatories * 0.04);
  const withdrawals = allStay ? 0 : Math.round(signatories * 0.02);
  for (const [i, person] of changing.slice(0, revisions + withdrawals).entries()) {
    const signed = signedOn.get(person) as number;
    // Most think again once they stand in the log, some while they still wait.
    const later = signed + (random() < 0.2 ? 0 : 1 + Math.floor(random() * (LAST_DAY - 1 - signed)));
    const { revise, withdraw } = on(Math.min(later, LAST_DAY - 1));
    (i < revisions ? revise : withdraw).push(person);
  }

  const some = (share: number): Set<number> =>
    new Set(shuffled(random, everyone).slice(0, Math.ceil(signatories * share)));
  return {
    days,
    losesEnrolment: some(0.025),
    losesEndorsement: some(0.025),
    postsTwice: some(0.005),
    triesAgain: some(0.005),
  };
}
