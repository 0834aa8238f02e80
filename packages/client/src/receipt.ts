/**
 * Receipts (PROTOCOL §9): the board's signed promise that a leaf will be in the log by the end of a day. The board is
 * not trusted: a receipt counts when it is signed by the board key of the logged manifest, names the leaf that we made
 * ourselves, and promises a day that the rules give.
 */
import { addDays, type Day, type Receipt, verifyObject } from "@undersigned/core";
import { ClientError } from "./errors.ts";
import type { ClientView } from "./view.ts";

/** How many days after today a revision or withdrawal may be due: the next tick, and a day for clocks that differ. */
const SLACK_DAYS = 2;

/** Throws `receipt-invalid` unless the board signed it for this workforce, letter and leaf. */
export async function checkReceipt(
  view: ClientView,
  receipt: Receipt,
  expected: { readonly letter: string; readonly leaf: string },
): Promise<void> {
  const same =
    receipt.workforce === view.workforce &&
    receipt.letter === expected.letter &&
    receipt.leaf === expected.leaf;
  if (same && (await verifyObject(receipt, view.manifest.board.key))) return;
  throw new ClientError(
    "receipt-invalid",
    "The board took this but its receipt is not valid. Send the same again; if that stays so, make it known.",
  );
}

/** The days of a letter as the log had them when it was read. Organisers may have moved the last one forward since. */
export interface LetterDays {
  readonly opens: Day;
  readonly closes: Day;
}

/**
 * Throws `receipt-implausible`, with the receipt, unless an endorsement is due on the day after closing (PROTOCOL §9), or on an
 * earlier one of the letter, which binds the board more.
 */
export function checkEndorsementDue(receipt: Receipt, letter: LetterDays): void {
  const { due } = receipt;
  if (due <= letter.opens || due > addDays(letter.closes, 1)) throw implausible(receipt);
}

/**
 * Throws `receipt-implausible`, with the receipt, unless a revision or withdrawal is due at the next tick after `today` or, as it cannot
 * come out before its endorsement does, with that: on the day after closing. Whose letter's last day was moved since the log was
 * read reads it again: what it says then is plausible.
 */
export function checkEventDue(receipt: Receipt, letter: LetterDays, today: string): void {
  const atNextTick = receipt.due >= addDays(today, -1) && receipt.due <= addDays(today, SLACK_DAYS);
  if (!atNextTick && receipt.due !== addDays(letter.closes, 1)) throw implausible(receipt);
}

function implausible(receipt: Receipt): ClientError {
  return new ClientError(
    "receipt-implausible",
    "The board took this but promises another day than the rules give. Check the clock of this machine; if it is right, make it known.",
    { receipt },
  );
}
