/** Receipts (PROTOCOL §9): the board's promise that a leaf is in the log by the end of a day. */
import { addDays, type Day, encodeBase64url, type Receipt, type Signer, signObject } from "@undersigned/core";
import type { LetterContext } from "../model/letter-book.ts";

/** Deterministic: the same leaf and day always give the same bytes. `leaf` is the leaf hash. */
export function makeReceipt(board: Signer, letter: LetterContext, leaf: Uint8Array, due: Day): Receipt {
  return signObject(
    {
      type: "receipt" as const,
      v: 1 as const,
      workforce: letter.workforce,
      letter: letter.id,
      leaf: encodeBase64url(leaf),
      due,
    },
    board,
  );
}

/** Of an endorsement, whenever it was given (decision 4): the day after closing. `closes` is the letter's last day. */
export function endorsementDue(closes: Day): Day {
  return addDays(closes, 1);
}

/**
 * Of a revision or withdrawal: the next tick's day, unless its endorsement is still pending. It cannot come out before
 * that one does, so then no earlier day than that one's can be promised.
 */
export function laterDue(closes: Day, today: Day, released: boolean): Day {
  const next = addDays(today, 1);
  const first = endorsementDue(closes);
  return released || next > first ? next : first;
}
