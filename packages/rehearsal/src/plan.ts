/** Who does what on which day of a rehearsal. */
import { type Appearance, addDays, daysBetween, type LetterManifest } from "@undersigned/core";
import { RehearsalError } from "./errors.ts";

/** Each takes some 15 milliseconds to make, sign and check. */
const MOST_PEOPLE = 2000;
const MOST_DAYS = 400;

export interface Person {
  /** Days after the opening day. */
  readonly signsOn: number;
  readonly appearance: Appearance;
  /** Days after signing; null for most. */
  readonly changesAfter: number | null;
  readonly withdrawsAfter: number | null;
}

/**
 * As many as the letter's rule needs to come out, and at least `least`. Throws `too-many-people` where that is more than 2,000.
 */
export function peopleFor({ batch }: Pick<LetterManifest, "batch">, least: number): number {
  const needed = Math.max(least, Math.ceil(batch.first * 1.15) + batch.classes.mailbox.min);
  if (needed > MOST_PEOPLE) {
    throw new RehearsalError(
      "too-many-people",
      `This letter waits for more people than a rehearsal makes up (${MOST_PEOPLE}): rehearse it with smaller numbers.`,
    );
  }
  return needed;
}

/** From the opening day to the day after the closing day. Throws `too-many-days`. */
export function daysOf({ opens, closes }: Pick<LetterManifest, "opens" | "closes">): string[] {
  const count = daysBetween(opens, closes) + 2;
  if (count < 2 || count > MOST_DAYS) {
    throw new RehearsalError(
      "too-many-days",
      `A rehearsal plays at most ${MOST_DAYS} days, and no letter that closes before it opens: look at its days.`,
    );
  }
  return Array.from({ length: count }, (_, i) => addDays(opens, i));
}

/**
 * Most in the first days, as with real letters; the same plan for the same letter. Of the appearances that the letter offers, each is
 * taken by some. Nobody has a name that a person could have.
 */
export function planPeople(
  manifest: Pick<LetterManifest, "appearances" | "opens" | "closes">,
  lists: { readonly roles: readonly string[]; readonly places: readonly string[] },
  people: number,
): Person[] {
  const lastDay = daysBetween(manifest.opens, manifest.closes);
  return Array.from({ length: people }, (_, i) => {
    const part = (i + 1) / people;
    const signsOn = Math.min(lastDay, Math.floor(lastDay * part ** 3));
    const room = lastDay - signsOn;
    return {
      signsOn,
      appearance: appearanceOf(manifest.appearances, lists, i),
      changesAfter: i % 17 === 5 && room > 0 ? 1 : null,
      withdrawsAfter: i % 29 === 11 && room > 1 ? 2 : null,
    };
  });
}

function appearanceOf(
  offered: readonly string[],
  { roles, places }: { readonly roles: readonly string[]; readonly places: readonly string[] },
  i: number,
): Appearance {
  const role = roles.length === 0 ? null : roles[(i * 7) % roles.length]!;
  const place = places.length === 0 || i % 3 === 0 ? null : places[(i * 5) % places.length]!;
  const named: Appearance = {
    kind: "named",
    name: `Made-up colleague ${i + 1}`,
    confirmed: null,
    role,
    place,
  };
  const byRole: Appearance | null = role === null ? null : { kind: "role", role, place };
  const wanted = i % 10;
  if (wanted >= 8 && offered.includes("named")) return named;
  if (wanted >= 5 && offered.includes("role") && byRole !== null) return byRole;
  if (offered.includes("anonymous")) return { kind: "anonymous" };
  return offered.includes("role") && byRole !== null ? byRole : named;
}
