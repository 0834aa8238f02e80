/**
 * What the rules for leaves about what becomes of a letter have in common (PROTOCOL §4 rules 13 and 14). Whose keys they may
 * be signed by stands in the letter's text: while that is not public, only that somebody has signed is checked, and the
 * report says so.
 */
import type { Day, DeliveryLeaf, Leaf, RecordLeaf } from "@undersigned/core";
import type { FailureCode, Found } from "./errors.ts";
import type { LetterRecord } from "./letter-record.ts";
import type { FileSource } from "./source.ts";

export type FurtherLeaf = DeliveryLeaf | RecordLeaf;
/** What these rules look at of a letter. */
export interface FurtherLetter extends Pick<LetterRecord, "letter" | "earlyClosing" | "further"> {
  readonly closing: Pick<NonNullable<LetterRecord["closing"]>, "leaf" | "index"> | null;
}

export interface FurtherLog {
  readonly workforce: string;
  readonly source: FileSource;
  /** No leaf may be dated before it: the day of the last batch, or of the last of these leaves. */
  readonly notBefore: Day | null;
  readonly found: Found;
}

export function isFurther(leaf: Leaf): leaf is FurtherLeaf {
  return (
    leaf.type === "delivery" ||
    leaf.type === "response" ||
    leaf.type === "judgement" ||
    leaf.type === "dealings" ||
    leaf.type === "chronicle"
  );
}

/** Notes failures of one leaf, and whether there were none. */
export function noteOf(found: Found, index: number, letter: string) {
  let failed = false;
  return {
    note: (code: FailureCode, message: string): void => {
      failed = true;
      found(code, index, message, letter);
    },
    right: (): boolean => !failed,
  };
}

export async function checkSigners(
  { by }: FurtherLeaf,
  holds: boolean,
  { letter: { manifest } }: FurtherLetter,
  note: (code: FailureCode, message: string) => void,
): Promise<void> {
  if (manifest !== null && by.some(({ organiser }) => !manifest.organisers.includes(organiser)))
    note("organiser-signatures", "A key that is no organiser's of the letter has signed.");
  if (!holds) note("organiser-signatures", "An organiser's signature does not hold.");
}
