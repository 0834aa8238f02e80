/**
 * Which letter a letter replaces, and which replaces it, from the verified log alone. Anyone who may open letters can write that
 * theirs replaces another: so it is said whether one and the same key has opened both, and nothing is taken from one letter for
 * the other.
 */
import type { LetterManifest } from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";

export interface OtherVersion {
  readonly letter: string;
  /** Null where its text is not public. */
  readonly manifest: LetterManifest | null;
  /** Whether the key that opened this letter has opened that one. */
  readonly sameOpener: boolean;
}

export interface Versions {
  /** Null where the letter replaces none that is in the log. */
  readonly older: OtherVersion | null;
  /** The last one in the log whose public text says that it replaces this one. */
  readonly newer: OtherVersion | null;
}

export function versionsOf(view: Pick<WorkforceView, "letters">, letter: string): Versions {
  const self = view.letters.get(letter);
  if (self === undefined) return { older: null, newer: null };
  const other = (found: typeof self): OtherVersion => ({
    letter: found.leaf.letter,
    manifest: found.manifest,
    sameOpener: found.leaf.by === self.leaf.by,
  });
  const replaced = self.manifest?.replaces ?? null;
  const older = replaced === null || replaced === letter ? undefined : view.letters.get(replaced);
  // A letter cannot name one that was not there yet.
  const newer = [...view.letters.values()]
    .filter(({ manifest, index }) => manifest?.replaces === letter && index > self.index)
    .sort((a, b) => a.index - b.index)
    .at(-1);
  return {
    older: older === undefined || older.index > self.index ? null : other(older),
    newer: newer === undefined ? null : other(newer),
  };
}
