/**
 * Takes a mail to a letter's answer address, from whichever side it comes: the SMTP receiver, an organiser who drops the file, the
 * operator's command. What DKIM proves to be the addressee's is logged at once, and nobody here can hold it back; all else is
 * kept for organisers to see. An attacker made every byte.
 */
import { type BoardReader, letterAfterClosing } from "@undersigned/board";
import {
  addDays,
  answerNonceHash,
  type Base64url,
  type Day,
  encodeBase64url,
  encodeCanonical,
  encodeRecord,
  MAX_ANSWER_TEXT,
  type MailResponse,
  recordHash,
  sha256,
} from "@undersigned/core";
import { readAnswer, type VerifiedAnswer } from "@undersigned/mail/answer";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { letterText } from "../model/board-texts.ts";
import { type DeskDelivery, findByLocalPart, findDelivery } from "../model/deliveries.ts";
import { findTaken, putTaken } from "../model/taken.ts";
import { putUnverified } from "../model/unverified.ts";
import type { DeskReader } from "../storage/schema.ts";
import { answerAddress } from "./answer-address.ts";

export interface Answered {
  readonly verified: boolean;
  /** Why it does not count; null for one that does. */
  readonly reason: string | null;
  /** Hash of its record. */
  readonly record: Base64url | null;
}

/** A letter that was handed over with this desk's mark. */
export interface AnswerableLetter {
  readonly workforce: Base64url;
  readonly letter: Base64url;
  readonly nonce: string;
  /** The first day on which it was handed over. */
  readonly delivered: Day;
}

/** By the local part of an answer address; null where no such letter was handed over. */
export async function answerableAt(desk: Desk, localPart: string): Promise<AnswerableLetter | null> {
  return await asAnswerable(desk.database.db, await findByLocalPart(desk, desk.database.db, localPart));
}

/** Throws `answers-not-set-up`, `not-delivered`. */
export async function requireAnswerable(desk: Desk, letter: Base64url): Promise<AnswerableLetter> {
  if (desk.answersDomain === null) {
    throw new DeskError(
      "answers-not-set-up",
      "This board takes no answers by mail: the operator can set it up.",
    );
  }
  const { db } = desk.database;
  const found = await asAnswerable(db, await findDelivery(desk, db, letter));
  if (found !== null) return found;
  throw new DeskError("not-delivered", "The letter was not handed over yet, so nothing answers it.");
}

/**
 * Durable when it resolves; the same mail again gives the same answer. Throws `dns-unreachable` (try again later), `answers-full`,
 * and what the board refuses.
 */
export async function takeAnswer(desk: Desk, at: AnswerableLetter, mail: Uint8Array): Promise<Answered> {
  const { letter } = at;
  const known = await findTaken(desk, desk.database.db, letter, mail);
  if (known !== null) return { verified: true, reason: null, record: known };
  const { addressee } = await letterText(desk, desk.database.db, at.workforce, letter);
  const expected = {
    mailbox: addressee.mailbox ?? "",
    address: answerAddress(desk, letter) ?? "",
    nonce: at.nonce,
    notBefore: addDays(at.delivered, -1),
  };
  const read = await readAnswer(mail, expected, desk.lookUpTxt, desk.clock.now());
  if (read.verdict === "verified" && [...read.text].length <= MAX_ANSWER_TEXT) {
    const said = wordsOf(letter, read);
    const record =
      (await findTaken(desk, desk.database.db, letter, said)) ??
      (await log(desk, at, expected.mailbox, read));
    await desk.database.transaction(async (trx) => {
      await putTaken(desk, trx, letter, mail, record);
      await putTaken(desk, trx, letter, said, record);
    });
    return { verified: true, reason: null, record };
  }
  if (read.verdict === "unverified" && read.reason === "key-unreachable") {
    throw new DeskError(
      "dns-unreachable",
      "The key of the sender cannot be looked up just now: try again later.",
    );
  }
  const unverified =
    read.verdict === "unverified"
      ? read
      : ({ reason: "text-too-long", claimsAddressee: true, subject: read.subject, text: null } as const);
  const { reason, claimsAddressee, subject, text } = unverified;
  const answer = { day: desk.clock.day(), reason, claimsAddressee, subject, text };
  await desk.database.transaction((trx) => putUnverified(desk, trx, letter, mail, answer));
  return { verified: false, reason, record: null };
}

/**
 * What is published of a mail. One with two good signatures, of which somebody has taken one away, is another file with other
 * evidence, and no other answer.
 */
function wordsOf(letter: Base64url, { dated, subject, text }: VerifiedAnswer): Uint8Array {
  return encodeCanonical({ dated, letter, subject, text });
}

/**
 * The salt follows from the mail, so that the same mail makes the same record even where a crash has kept us from remembering
 * it; without the desk's keys nobody can compute it.
 */
async function log(
  desk: Desk,
  { workforce, letter }: AnswerableLetter,
  mailbox: string,
  { text, subject, dated, evidence, record: key, signature }: VerifiedAnswer,
): Promise<Base64url> {
  const proof = evidence === null ? null : encodeBase64url(sha256(evidence));
  const said = encodeCanonical({ dated, letter, proof, subject, text });
  const record: MailResponse = {
    type: "response-record",
    kind: "mail",
    v: 1,
    salt: encodeBase64url(desk.sealer.nameOf("answer/salt", said)),
    workforce,
    letter,
    text,
    subject,
    dated,
    mailbox,
    dkim: { name: `${signature.selector}._domainkey.${signature.domain}`, record: key },
    evidence: proof,
  };
  await desk.board.logMailResponse({ workforce, record, evidence });
  return recordHash("response-record", encodeRecord(record));
}

/** For whoever has the file and names the letter. Throws what `requireAnswerable` and `takeAnswer` throw. */
export async function takeMail(desk: Desk, letter: Base64url, mail: Uint8Array): Promise<Answered> {
  return await takeAnswer(desk, await requireAnswerable(desk, letter), mail);
}

async function asAnswerable(db: DeskReader, delivery: DeskDelivery | null): Promise<AnswerableLetter | null> {
  if (delivery === null) return null;
  const { workforce, letter, nonce } = delivery;
  const mark = answerNonceHash(letter, nonce);
  const { deliveries } = await letterAfterClosing(db as unknown as BoardReader, { workforce, letter });
  // Organisers can log a delivery past this desk, with a mark of which it knows nothing.
  const [first] = deliveries
    .filter(({ leaf }) => leaf.nonce === mark)
    .map(({ leaf }) => leaf.delivered)
    .sort();
  return first === undefined ? null : { workforce, letter, nonce, delivered: first };
}
