/**
 * Takes an endorsement into the pool and gives a receipt (PROTOCOL §9). Whoever posts it learns nothing but whether
 * this very leaf is kept. Cheap checks come first: a stranger can make everything here except the tokens.
 */
import {
  CLASSES,
  decodeBase64url,
  domainMessage,
  type EndorsementLeaf,
  encodeBase64url,
  encodeCanonical,
  endorsementRequest,
  type JsonValue,
  type Receipt,
  remainderMessage,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { closingDay } from "../model/closing-day.ts";
import type { LetterContext } from "../model/letter-book.ts";
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
import { endorsementDue, makeReceipt } from "./receipt.ts";

/**
 * The leaf is durable when this resolves. The same request gives the same receipt, byte for byte, however often and
 * whenever it is made, but for an earlier day once the letter's last day was moved. Throws BoardError, or CoreError for a request of another shape.
 */
export async function acceptEndorsement(board: Board, workforce: string, body: JsonValue): Promise<Receipt> {
  const request = endorsementRequest.check(body, "");
  const { leaf, opening, remainder } = request;
  const letter = await board.letters.letter(workforce, leaf.letter);
  const today = board.clock.day();
  requireOpened(letter, today);
  await checkTokens(letter, leaf);
  const shown = checkOpening(letter, leaf, opening);
  const hash = hashOf(leaf);
  const consent = encodeCanonical(remainderMessage(encodeBase64url(hash), remainder));
  await checkSignatures(board.signatures, leaf, [
    {
      message: domainMessage("endorsement-request", consent),
      signature: decodeBase64url(request.sig, 64),
    },
  ]);
  await requireNameConfirmed(letter, leaf.class, opening);
  const key = decodeBase64url(leaf.key, 32);
  const outcome = await board.pool.take({
    letter: letter.number,
    key,
    bucket: bucketOf(key),
    seq: 0,
    previous: null,
    class: CLASSES.indexOf(leaf.class),
    hash,
    packed: packLeaf(leaf),
    opening: shown,
    remainder: remainder === "release" ? 1 : 0,
    open: today <= letter.leaf.closes,
    day: today,
  });
  requireAccepted(outcome);
  return makeReceipt(
    board.keys.board,
    letter,
    hash,
    endorsementDue(await closingDay(board.database.db, letter)),
  );
}

/** Rule 7 of PROTOCOL §4. Throws `wrong-quorum` or `token-invalid`. */
async function checkTokens(letter: LetterContext, leaf: EndorsementLeaf): Promise<void> {
  const { quorum } = letter.epoch.manifest;
  if (leaf.tokens.length !== quorum) {
    throw new BoardError("wrong-quorum", `An endorsement has exactly ${quorum} tokens here: build it again.`);
  }
  // The shape has seen to it that the registrars differ.
  for (const token of leaf.tokens) {
    const verifier = letter.verifier(leaf.class, token.registrar);
    if (verifier === null || !(await verifier.verify(token, leaf.key))) {
      throw new BoardError(
        "token-invalid",
        "A token is not one of this letter's epoch, slot and class for this key: use the enrolment of this epoch.",
      );
    }
  }
}
