/**
 * Early closings (PROTOCOL §4 rule 12): organisers may move a letter's last day forward once, two of them together, and never
 * so that anybody learns of it less than 48 hours before.
 */
import {
  addDays,
  type Day,
  EARLY_CLOSING_NOTICE,
  type EarlyClosingLeaf,
  verifyEarlyClosing,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Letter } from "./ledger.ts";
import type { LetterRecord } from "./letter-record.ts";

/** Whether the leaf moves the letter's closing day; one that is wrong does not. */
export async function checkEarlyClosing(
  workforce: string,
  leaf: EarlyClosingLeaf,
  index: number,
  record: Pick<LetterRecord, "letter" | "closing" | "earlyClosing"> | undefined,
  lastBatch: Day | null,
  found: Found,
): Promise<boolean> {
  const note = (code: Parameters<Found>[0], message: string): false => {
    found(code, index, message, leaf.letter);
    return false;
  };
  if (leaf.workforce !== workforce)
    return note("workforce-mismatch", "The early closing is of another workforce.");
  if (record === undefined)
    return note("letter-unknown", "The early closing is of a letter that has not been opened.");
  if (record.closing !== null)
    return note("leaf-out-of-place", `The letter was closed before, by leaf ${record.closing.index}.`);
  if (record.earlyClosing !== null) {
    const message = `The letter's last day was moved before, by leaf ${record.earlyClosing.index}; once is all.`;
    return note("early-closing-repeated", message);
  }
  const right = checkDays(leaf, record.letter, lastBatch, note);
  return (await checkSignatures(leaf, record.letter, note)) && right;
}

type Note = (code: Parameters<Found>[0], message: string) => false;

function checkDays({ day, closes }: EarlyClosingLeaf, letter: Letter, lastBatch: Day | null, note: Note) {
  const { opens, closes: before } = letter.leaf;
  if (lastBatch !== null && day < lastBatch) {
    return note("early-closing-days", `It is dated ${day}, and there was a batch on ${lastBatch} before it.`);
  }
  if (closes < addDays(day, EARLY_CLOSING_NOTICE)) {
    const message = `It moves the last day to ${closes}; being of ${day}, it may not be before ${addDays(day, EARLY_CLOSING_NOTICE)}.`;
    return note("early-closing-days", message);
  }
  if (closes >= before || closes < opens) {
    const message = `It moves the last day to ${closes}; that must lie before ${before}, and not before ${opens}.`;
    return note("early-closing-days", message);
  }
  return true;
}

/** Whose keys they must be stands in the letter's text: while that is not public, only that they have signed is checked. */
async function checkSignatures(leaf: EarlyClosingLeaf, { manifest }: Letter, note: Note): Promise<boolean> {
  const strangers =
    manifest !== null && leaf.by.some(({ organiser }) => !manifest.organisers.includes(organiser));
  if (strangers)
    return note("early-closing-signatures", "A key that is no organiser's of the letter has agreed.");
  if (await verifyEarlyClosing(leaf, leaf.by)) return true;
  return note("early-closing-signatures", "An organiser's signature under the early closing does not hold.");
}
