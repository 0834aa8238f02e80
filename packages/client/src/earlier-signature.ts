/**
 * Carrying a signature over to a new version of a letter: whether the person has signed the letter that it replaces, and how
 * they appear there now, so that the new signature can be preset. Signing the new one is an endorsement like any other, with
 * another key and other tokens; nothing of the old one is in it.
 *
 * What is read is the same for everyone who looks: every list of the old letter, not the one that has the person's key. The board
 * sees the new key in the endorsement that may follow: a list of the old letter read just before would tell it which keys, of all
 * under the old one, it may belong to.
 */
import type { Appearance, Secrets } from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { type Files, keyStateInAll } from "./key-state.ts";
import { findLetter } from "./letter.ts";
import { ownOpening, readOpenings } from "./openings.ts";
import type { ClientView } from "./view.ts";

export interface EarlierSignature {
  /** Id of the letter that is replaced. */
  readonly letter: string;
  /** `unknown`: it has so many signatories that their lists are not read whole. */
  readonly state: "not-in-the-log" | "counted" | "withdrawn" | "unknown";
  /** How the person appears there now; null where that was hidden, or cannot be known since the letter is not public. */
  readonly shown: Appearance | null;
  /** Whether one enrolment serves both letters: they are of one epoch. */
  readonly sameEpoch: boolean;
}

/** The letter that `letter` replaces, or null where that is none of this log, or came later. */
export function replacedBy(view: ClientView, letter: string): string | null {
  const replaced = view.letters.get(letter)?.manifest?.replaces ?? null;
  return replaced !== null && replaced !== letter && view.letters.has(replaced) ? replaced : null;
}

/**
 * Null where the letter replaces none. Throws as `keyState` does, and where a public file is missing or malformed as
 * `readOpenings` does.
 */
export async function earlierSignature(of: {
  readonly view: ClientView;
  readonly source: Files;
  readonly secrets: Secrets;
  /** The new letter. */
  readonly letter: string;
}): Promise<EarlierSignature | null> {
  const { view, source, secrets } = of;
  const letter = replacedBy(view, of.letter);
  if (letter === null) return null;
  const { at } = findLetter(view, letter);
  const sameEpoch = at.epoch === findLetter(view, of.letter).at.epoch;
  const found = await keyStateInAll({ view, source, secrets, letter });
  if (found.state !== "counted") return { letter, state: found.state, shown: null, sameEpoch };
  const { openings, hidden } = await readOpenings({ view, source }, letter);
  const own = ownOpening(openings, { secrets, at }, found.head);
  const known = view.letters.get(letter)?.manifest !== null && !hidden.has(found.index);
  const shown = own?.appearance ?? (known ? { kind: "anonymous" as const } : null);
  return { letter, state: "counted", shown, sameEpoch };
}

/**
 * How the person appears under the letter that is replaced, as the choice for the new one: what confirms a name is left out,
 * since it is filled in anew. Throws ClientError `nothing-to-carry` where they do not count there, or show nothing.
 */
export function appearanceToCarry(earlier: EarlierSignature | null): Appearance {
  if (earlier === null || earlier.state !== "counted" || earlier.shown === null) {
    throw new ClientError(
      "nothing-to-carry",
      "Under the letter that this one replaces nothing is shown of you. Say how you want to appear.",
    );
  }
  const { shown } = earlier;
  return shown.kind === "named" ? { ...shown, confirmed: null } : shown;
}
