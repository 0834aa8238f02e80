/** What a text can hold that gives its writer or its reader away. */
import type { FoundWords } from "../words.ts";

export const TEXT_KINDS = [
  "invisible",
  "lookalike",
  "tracked-link",
  "remote-image",
  "raw-html",
  "mail-address",
  "file-path",
] as const;

export type TextKind = (typeof TEXT_KINDS)[number];

export interface TextFinding {
  readonly kind: TextKind;
  /** Where it begins, in UTF-16 code units as in `String.prototype.slice`. */
  readonly start: number;
  readonly end: number;
  /** One plain sentence for the person who writes. Never repeats what was found. */
  readonly words: FoundWords;
  /** Whether `cleanText` mends it. */
  readonly mends: boolean;
}

/** A finding, and what stands there once it is mended; null where only a person can mend it. */
export interface Mending {
  readonly kind: TextKind;
  readonly start: number;
  readonly end: number;
  readonly words: FoundWords;
  readonly instead: string | null;
}
