/**
 * What a record must stand on to be logged (PROTOCOL §4, rule 14): the record before it, a demand that the letter makes, or a
 * delivery that was answered. A recount refuses a log in which it does not.
 */
import {
  type ChronicleRecord,
  canHaveHappened,
  type Day,
  type MailResponse,
  type OrganiserRecord,
  placeOf,
  whatIsWrongWithMail,
  whatIsWrongWithPlace,
  whatIsWrongWithTranslation,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";
import type { BoardKeys } from "../keys/board-keys.ts";
import { entriesInForce, lastRecord, readDeliveries } from "../model/after-closing.ts";
import type { LetterContext } from "../model/letter-book.ts";
import { readLetterText } from "../model/letter-text.ts";
import type { Trx } from "../storage/schema.ts";

/** `workforce`: its number. `day`: of the leaf. */
type Place = { readonly workforce: number; readonly letter: LetterContext; readonly day: Day };

/** Throws `record-behind`, `demand-unknown`, `answer-mismatch`, `letter-not-delivered`, `entry-days`, `entry-mismatch`. */
export async function requireFollowing(
  trx: Trx,
  keys: BoardKeys,
  at: Place,
  record: OrganiserRecord,
): Promise<void> {
  const { workforce, letter } = at;
  const { number, id } = letter;
  if (record.type === "dealings-record") {
    requirePrevious(record.previous, await lastRecord(trx, number, { type: "dealings" }));
    return;
  }
  if (record.type === "chronicle-record") return await requireEntry(trx, keys, at, record);
  if (record.type === "response-record" && record.kind === "statement") return;
  const { demands, addressee } = await readLetterText(trx, keys, { number, workforce, id });
  if (record.type === "response-record") {
    await requireAnswer(trx, at, record, addressee.mailbox);
    return;
  }
  const { demand, previous } = record;
  if (!demands.some((made) => made.id === demand)) {
    throw new BoardError("demand-unknown", "The letter makes no such demand: choose one of those it makes.");
  }
  requirePrevious(previous, await lastRecord(trx, number, { type: "judgement", demand }));
}

/** The caller has checked the mail: this only holds what a recount will look at. */
async function requireAnswer(
  trx: Trx,
  { letter, day }: Place,
  record: MailResponse,
  mailbox: string | null,
): Promise<void> {
  const deliveries = (await readDeliveries(trx, letter.number)).map(({ leaf }) => leaf.delivered);
  if (whatIsWrongWithMail(record, { mailbox, deliveries, logged: day }) !== null) throw answerMismatch();
  if (deliveries.length > 0) return;
  throw new BoardError("letter-not-delivered", "What was not handed over is not answered: log the delivery.");
}

/** Languages of withheld translations are known here, so a log that the board makes is right for whoever has all records. */
async function requireEntry(
  trx: Trx,
  keys: BoardKeys,
  { workforce, letter: { number, id }, day }: Place,
  { on, replaces, entry }: ChronicleRecord,
): Promise<void> {
  if (!canHaveHappened(on, day)) {
    throw new BoardError(
      "entry-days",
      "The entry is of a day that is still to come: give the day when it happened.",
    );
  }
  const wrong = whatIsWrongWithPlace({ ...placeOf(entry), replaces }, await entriesInForce(trx, number));
  if (wrong !== null) throw new BoardError("record-behind", `${wrong} Read the newest state, and sign anew.`);
  if (entry.kind !== "translation") return;
  const mismatch = whatIsWrongWithTranslation(
    entry,
    await readLetterText(trx, keys, { number, workforce, id }),
  );
  if (mismatch !== null) throw new BoardError("entry-mismatch", mismatch);
}

function requirePrevious(named: string | null, last: string | null): void {
  if (named === last) return;
  throw new BoardError(
    "record-behind",
    "Something was logged meanwhile that this does not follow: read the newest state, and sign anew.",
  );
}

export function answerMismatch(): BoardError {
  return new BoardError(
    "answer-mismatch",
    "The answer is not of this letter's addressee and time, or its evidence is another file: check the mail again.",
  );
}
