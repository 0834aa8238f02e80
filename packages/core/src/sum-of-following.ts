/**
 * The sum over letters of several companies, from what was recounted alone. Keys and tokens of two workforces have nothing in common, and
 * those of two letters neither: a person who signed twice is two here, and nobody can tell. So the sum is of signatures, and says beside
 * it the fewest people that it can be.
 */
import type { Day } from "./day.ts";
import type { FollowedLetter, Following } from "./formats/following.ts";

export interface SumOfFollowing {
  /** Signatures of class mailbox, over all letters with a number. */
  readonly signatories: number;
  /** The fewest people: of each company, the letter that most have signed. */
  readonly atLeast: number;
  /** Letters with a number. */
  readonly letters: number;
  /** Employers of these letters, each once. */
  readonly companies: number;
  /** The earliest day on which one of them was recounted: on that day or later, all were. Null without letters. */
  readonly since: Day | null;
}

/** Whether it has a number: a batch has come out, and it was not closed with too few. */
export function isCounted({ days, state }: Pick<FollowedLetter, "days" | "state">): boolean {
  return days !== null && state !== "too-few";
}

export function sumOf({ workforces }: Pick<Following, "workforces">): SumOfFollowing {
  const most = new Map<string, number>();
  let [signatories, letters] = [0, 0];
  let since: Day | null = null;
  for (const { verified } of workforces) {
    if (verified === null) continue;
    const counted = verified.letters.filter(isCounted).map((letter) => letter.counted.mailbox);
    if (counted.length === 0) continue;
    letters += counted.length;
    signatories += counted.reduce((sum, one) => sum + one, 0);
    if (since === null || verified.day < since) since = verified.day;
    const company = verified.employer.toLowerCase();
    most.set(company, Math.max(most.get(company) ?? 0, ...counted));
  }
  const atLeast = [...most.values()].reduce((sum, one) => sum + one, 0);
  return { signatories, atLeast, letters, companies: most.size, since };
}
