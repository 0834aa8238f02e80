/**
 * Moves a letter's last day forward (PROTOCOL §4, rule 12; decision 18): once, by two of its organisers, at least 48 hours
 * ahead. It is logged at once, so that everybody learns of it; the letter is closed at the tick after the new day.
 */
import {
  addDays,
  EARLY_CLOSING_NOTICE,
  type EarlyClosingLeaf,
  type EarlyClosingRequest,
  earlyClosingRequest,
  encodeLeaf,
  type JsonValue,
  leafName,
  parseLeaf,
  verifyEarlyClosing,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend } from "../log/log-append.ts";
import type { LetterContext } from "../model/letter-book.ts";
import { write } from "../storage/write.ts";
import type { Published } from "./published.ts";
import { requireWelcome } from "./require-welcome.ts";
import { requireWorkforce } from "./require-workforce.ts";

/**
 * Durable when it resolves. The same day again gives the same answer, by whichever organisers. Throws `letter-unknown`,
 * `not-an-organiser`, `signature-invalid`, `letter-days`, `letter-not-open`, `early-closing-taken`, `key-refused`, or CoreError.
 */
export async function closeEarly(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const request = earlyClosingRequest.check(body, "");
  const letter = await board.letters.letter(workforce, request.letter);
  await requireOrganisers(workforce, request, letter);
  await requireWelcome(
    board,
    request.by.map(({ organiser }) => organiser),
  );
  const { closes, by } = request;
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const known = await trx
      .selectFrom("early_closing")
      .select(["leaf", "leaf_index"])
      .where("letter", "=", letter.number)
      .executeTakeFirst();
    if (known !== undefined) {
      if ((parseLeaf(known.leaf) as EarlyClosingLeaf).closes !== closes) {
        throw new BoardError(
          "early-closing-taken",
          "The letter's last day was moved before, to another day: it is moved once.",
        );
      }
      return { index: known.leaf_index, entry: known.leaf, number: row.number, head: null };
    }
    const { closing_index } = await trx
      .selectFrom("letter")
      .select("closing_index")
      .where("number", "=", letter.number)
      .executeTakeFirstOrThrow();
    if (closing_index !== null) throw new BoardError("letter-not-open", "The letter is closed already.");
    const day = board.clock.day();
    requireDays(letter, closes, day, row.last_tick);

    const log = await LogAppend.begin(trx, row, board.seen);
    const leaf = { type: "early-closing", v: 1, workforce, letter: letter.id, day, closes, by } as const;
    const entry = encodeLeaf(leaf);
    const index = await log.add(entry);
    await trx
      .insertInto("early_closing")
      .values({ letter: letter.number, leaf_index: index, leaf: entry })
      .execute();
    return { index, entry, number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("early-closing-logged", { epoch: letter.leaf.epoch, slot: letter.leaf.slot });
  }
  return { type: "published", v: 1, workforce, leaf: leafName(done.entry), index: done.index };
}

/** The shape has seen to it that there are two, and that they differ. */
async function requireOrganisers(
  workforce: string,
  request: EarlyClosingRequest,
  { organisers }: LetterContext,
): Promise<void> {
  if (!request.by.every(({ organiser }) => organisers.includes(organiser))) {
    throw new BoardError(
      "not-an-organiser",
      "Only organisers whom the letter itself names can close it early: use their keys.",
    );
  }
  if (request.workforce !== workforce || !(await verifyEarlyClosing(request, request.by))) {
    throw new BoardError(
      "signature-invalid",
      "An organiser's signature is not over this letter and day: sign both again.",
    );
  }
}

/** A day before the last tick's would stand in the log after batches that are later than it. */
function requireDays(letter: LetterContext, closes: string, day: string, lastTick: string): void {
  const { opens, closes: before } = letter.leaf;
  const earliest = addDays(day, EARLY_CLOSING_NOTICE);
  if (day < lastTick || closes < earliest || closes < opens || closes >= before) {
    throw new BoardError(
      "letter-days",
      `The new last day must be ${earliest} or later, and before ${before}: so everybody has 48 hours to learn of it.`,
    );
  }
}
