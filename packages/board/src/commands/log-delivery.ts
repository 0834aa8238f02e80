/**
 * Logs that a letter was handed over (PROTOCOL §4, rule 13; decision 30), by organisers whom it names: on which day, how, and
 * the hash of the document, which becomes a public file. What was sent by mail is sent before; this only says so.
 */
import {
  type DeliveryLeaf,
  type DeliveryRequest,
  decodeBase64url,
  deliveryRequest,
  encodeBase64url,
  encodeLeaf,
  type JsonValue,
  sha256,
  verifyDelivery,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend, type WorkforceRow } from "../log/log-append.ts";
import { readDeliveries } from "../model/after-closing.ts";
import { closingDay } from "../model/closing-day.ts";
import { DOCUMENT, type LetterContext } from "../model/letter-book.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import { boardDay } from "./board-day.ts";
import { type Published, publishedAt } from "./published.ts";
import { putFile } from "./put-file.ts";
import { requireOrganisers, requirePublic } from "./require-organisers.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Each brings a document of up to 8 MB: by mail, by hand and by post, and some more where one got lost. */
const MAX_DELIVERIES = 100;
const PDF = "%PDF-";

/**
 * Durable when it resolves. The same delivery again gives the same answer, by whichever organisers. Throws `letter-unknown`,
 * `not-an-organiser`, `signature-invalid`, `key-refused`, `document-mismatch`, `letter-unlisted`, `letter-not-closed`,
 * `delivery-days`, `delivery-size`, `too-many-records`, or CoreError.
 */
export async function logDelivery(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const request = deliveryRequest.check(body, "");
  const letter = await board.letters.letter(workforce, request.letter);
  const { by } = request;
  await requireOrganisers(
    board,
    letter,
    by,
    async () => request.workforce === workforce && (await verifyDelivery(request, by)),
  );
  const pdf = requireDocument(request);
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const made = await readDeliveries(trx, letter.number);
    const known = made.find(({ leaf }) => isSame(leaf, request));
    if (known !== undefined) return { ...known, number: row.number, head: null };
    await requirePublic(trx, letter.number);
    const day = await boardDay(trx, board, row);
    await requirePlace(trx, row, letter, request, day);
    if (made.length >= MAX_DELIVERIES) {
      throw new BoardError("too-many-records", `A letter is handed over ${MAX_DELIVERIES} times at most.`);
    }
    const log = await LogAppend.begin(trx, row, board.seen);
    await putFile(trx, row.number, DOCUMENT, request.document, pdf);
    const entry = encodeLeaf(leafOf(request, day));
    const index = await log.add(entry);
    await trx
      .insertInto("delivery")
      .values({ letter: letter.number, leaf_index: index, leaf: entry })
      .execute();
    return { index, entry, number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("delivery-logged", { epoch: letter.leaf.epoch, slot: letter.leaf.slot });
  }
  return publishedAt(workforce, done);
}

function leafOf(request: DeliveryRequest, day: string): DeliveryLeaf {
  const { type: _, pdf: _pdf, ...fields } = request;
  return { ...fields, type: "delivery", day };
}

/** All that organisers sign: the board's day and who signed is not part of it. */
function isSame(leaf: DeliveryLeaf, request: DeliveryRequest): boolean {
  const names = ["delivered", "how", "document", "bundle", "size", "nonce"] as const;
  return names.every((name) => leaf[name] === request[name]);
}

/** The file that was handed over. */
function requireDocument({ pdf, document }: DeliveryRequest): Uint8Array {
  const bytes = decodeBase64url(pdf);
  const start = Buffer.from(bytes.subarray(0, PDF.length)).toString("latin1");
  if (start !== PDF || encodeBase64url(sha256(bytes)) !== document) {
    throw new BoardError(
      "document-mismatch",
      "The file is no PDF, or not the one whose hash is signed: send the document that was handed over.",
    );
  }
  return bytes;
}

async function requirePlace(
  trx: Trx,
  { size }: WorkforceRow,
  letter: LetterContext,
  request: DeliveryRequest,
  day: string,
): Promise<void> {
  const { closing_index, first_day } = await trx
    .selectFrom("letter")
    .select(["closing_index", "first_day"])
    .where("number", "=", letter.number)
    .executeTakeFirstOrThrow();
  if (closing_index === null) {
    throw new BoardError("letter-not-closed", "The letter is open still: hand it over once it is closed.");
  }
  // A letter of which nothing has come out when it closes has too few.
  if (first_day === null) {
    throw new BoardError(
      "letter-not-closed",
      "Too few have signed, so nothing was published: there is nothing to hand over.",
    );
  }
  const closes = await closingDay(trx, letter);
  if (request.delivered <= closes || request.delivered > day) {
    throw new BoardError(
      "delivery-days",
      `The day of handing over must come after ${closes}, the letter's last day, and not after today.`,
    );
  }
  if (request.size <= closing_index || request.size > size) {
    throw new BoardError(
      "delivery-size",
      "The document must be made from the log as it was after the letter's closing: make it anew.",
    );
  }
}
