/**
 * Moderation of what is shown (decision 19). Hiding erases the opening and leaves a day and a reason in its place, for the
 * person and for everybody; the count stays what it is. Only what a rule made wait is still there, and can be shown.
 */
import { type Day, type HiddenReason, type Opening, openingShape, parseCanonical } from "@undersigned/core";
import type { Board } from "../board.ts";
import { write } from "../storage/write.ts";

/** `index`: the leaf that holds the commitment. Ids are base64url. */
export interface ShownAt {
  readonly workforce: string;
  readonly letter: string;
  readonly index: number;
}

/** A name that was released. */
export interface ShownText {
  readonly index: number;
  readonly opening: Opening;
  readonly state: "shown" | "waiting";
  /** Since when it waits. */
  readonly day: Day | null;
}

const MAX_OPENING_BYTES = 8192;

/**
 * Hides what the leaf at `index` shows, or makes it wait no longer. Erased when it resolves, from the write-ahead files
 * too. Resolves to false where nothing is shown or waits: erased, hidden before, or anonymous. Throws `letter-unknown`.
 */
export async function hideOpening(
  board: Board,
  at: ShownAt & { readonly reason: Exclude<HiddenReason, "waiting"> },
): Promise<boolean> {
  const { number } = await board.letters.letter(at.workforce, at.letter);
  const day = board.clock.day();
  const done = await write(board.database, board.database.engine, async (trx) => {
    const shown = await trx
      .deleteFrom("opening")
      .where("letter", "=", number)
      .where("leaf_index", "=", at.index)
      .returning("ordinal")
      .executeTakeFirst();
    if (shown !== undefined) {
      const { ordinal } = shown;
      await trx
        .insertInto("hidden_opening")
        .values({ letter: number, ordinal, leaf_index: at.index, reason: at.reason, day, bytes: null })
        .execute();
      return true;
    }
    const waiting = await trx
      .updateTable("hidden_opening")
      .set({ reason: at.reason, day, bytes: null })
      .where("letter", "=", number)
      .where("leaf_index", "=", at.index)
      .where("bytes", "is not", null)
      .executeTakeFirst();
    return waiting.numUpdatedRows > 0n;
  });
  await board.database.truncateWal();
  return done;
}

/** Shows what waits. Resolves to false where nothing does: what was hidden is erased. Throws `letter-unknown`. */
export async function showOpening(board: Board, at: ShownAt): Promise<boolean> {
  const { number } = await board.letters.letter(at.workforce, at.letter);
  return await write(board.database, board.database.engine, async (trx) => {
    const row = await trx
      .deleteFrom("hidden_opening")
      .where("letter", "=", number)
      .where("leaf_index", "=", at.index)
      .where("bytes", "is not", null)
      .returning(["ordinal", "bytes"])
      .executeTakeFirst();
    if (row?.bytes == null) return false;
    await trx
      .insertInto("opening")
      .values({ letter: number, ordinal: row.ordinal, leaf_index: at.index, bytes: row.bytes })
      .execute();
    return true;
  });
}

/**
 * Names of a letter that were released and are not hidden, by leaf index from `after` on, at most `most`: also of a letter that
 * is unlisted. Nothing that is still in the pool. Throws `letter-unknown`.
 */
export async function listShownText(
  board: Board,
  of: Omit<ShownAt, "index"> & { readonly after?: number; readonly most?: number },
): Promise<ShownText[]> {
  const { number } = await board.letters.letter(of.workforce, of.letter);
  const { after = -1, most = 100 } = of;
  const { db } = board.database;
  const waiting = await db
    .selectFrom("hidden_opening")
    .select(["leaf_index", "bytes", "day"])
    .where("letter", "=", number)
    .where("bytes", "is not", null)
    .where("leaf_index", ">", after)
    .orderBy("leaf_index")
    .execute();
  const shown = await db
    .selectFrom("opening")
    .select(["leaf_index", "bytes"])
    .where("letter", "=", number)
    .where("leaf_index", ">", after)
    .orderBy("leaf_index")
    .execute();
  const items = [
    ...waiting.map((row) => item(row.leaf_index, row.bytes!, row.day)),
    ...shown.map((row) => item(row.leaf_index, row.bytes, null)),
  ];
  return items
    .filter(({ opening }) => opening.appearance.kind === "named")
    .sort((a, b) => a.index - b.index)
    .slice(0, most);
}

function item(index: number, bytes: Uint8Array, day: Day | null): ShownText {
  const opening = openingShape.check(parseCanonical(bytes, MAX_OPENING_BYTES), "");
  return { index, opening, state: day === null ? "shown" : "waiting", day };
}
