/**
 * Takes a revision or a withdrawal into the pool and gives a receipt (PROTOCOL §9). Both follow the key's newest leaf,
 * whether that is released or pending, and are taken after the letter has closed too.
 */
import {
  CLASSES,
  decodeBase64url,
  type JsonValue,
  type Opening,
  type Receipt,
  type RevisionLeaf,
  revisionRequest,
  type WithdrawalLeaf,
  withdrawalRequest,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { closingDay } from "../model/closing-day.ts";
import { bucketOf } from "../public/signatory-buckets.ts";
import { packLeaf } from "../storage/packed-leaf.ts";
import {
  checkOpening,
  checkSignatures,
  hashOf,
  requireAccepted,
  requireNameConfirmed,
  requireOpened,
} from "./check-leaf.ts";
import { laterDue, makeReceipt } from "./receipt.ts";

/** Durable when this resolves; safe to repeat. Throws BoardError, or CoreError for a request of another shape. */
export async function acceptRevision(board: Board, workforce: string, body: JsonValue): Promise<Receipt> {
  const { leaf, opening } = revisionRequest.check(body, "");
  return await accept(board, workforce, leaf, opening);
}

/** As acceptRevision. */
export async function acceptWithdrawal(board: Board, workforce: string, body: JsonValue): Promise<Receipt> {
  const { leaf } = withdrawalRequest.check(body, "");
  return await accept(board, workforce, leaf, null);
}

async function accept(
  board: Board,
  workforce: string,
  leaf: RevisionLeaf | WithdrawalLeaf,
  opening: Opening | null,
): Promise<Receipt> {
  const letter = await board.letters.letter(workforce, leaf.letter);
  const today = board.clock.day();
  requireOpened(letter, today);
  const shown = leaf.type === "revision" ? checkOpening(letter, leaf, opening) : null;
  const hash = hashOf(leaf);
  await checkSignatures(board.signatures, leaf);
  const key = decodeBase64url(leaf.key, 32);
  const bucket = bucketOf(key);
  if (opening?.appearance.kind === "named" && opening.appearance.confirmed !== null) {
    // Neither a revision nor whoever posts it says which class the key has: its endorsement did.
    const endorsed = await board.pool.classOf(letter.number, bucket, key);
    if (endorsed === null) requireAccepted({ kind: "predecessor-unknown" });
    else await requireNameConfirmed(letter, CLASSES[endorsed]!, opening);
  }
  const outcome = await board.pool.take({
    letter: letter.number,
    key,
    bucket,
    seq: leaf.seq,
    previous: decodeBase64url(leaf.previous, 32),
    // Its endorsement's: the key has a row already, or the leaf is refused.
    class: 0,
    hash,
    packed: packLeaf(leaf),
    opening: shown,
    remainder: 0,
    open: true,
    day: today,
  });
  const released = requireAccepted(outcome);
  return makeReceipt(
    board.keys.board,
    letter,
    hash,
    laterDue(await closingDay(board.database.db, letter), today, released),
  );
}
