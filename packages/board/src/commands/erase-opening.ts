/**
 * Stops showing what a signatory shows, upon request (PROTOCOL §7): an operator's command, for a person who has lost
 * the phrase, or a name that is not theirs. The endorsement stays counted; the log keeps the salted commitment only.
 */
import type { Board } from "../board.ts";
import { idBytes } from "../model/letter-book.ts";
import { bucketOf } from "../public/signatory-buckets.ts";
import { write } from "../storage/write.ts";

/** `key` is the signatory's key in the letter, base64url. Resolves to whether anything was erased, pending or shown. */
export async function eraseOpening(
  board: Board,
  at: { readonly workforce: string; readonly letter: string; readonly key: string },
): Promise<boolean> {
  const { number } = await board.letters.letter(at.workforce, at.letter);
  const key = idBytes(at.key);
  if (key === null) return false;
  const erased = await write(board.database, board.database.engine, async (trx) => {
    const row = await trx
      .selectFrom("signatory")
      .select(["chain", "ordinal"])
      .where("letter", "=", number)
      .where("bucket", "=", bucketOf(key))
      .where("key", "=", key)
      .executeTakeFirst();
    if (row === undefined) return 0n;
    const shown =
      row.ordinal === null
        ? { numDeletedRows: 0n }
        : await trx
            .deleteFrom("opening")
            .where("letter", "=", number)
            .where("ordinal", "=", row.ordinal)
            .executeTakeFirst();
    // Only the newest leaf of a chain can have an opening that waits.
    const waiting = await trx
      .updateTable("pool")
      .set({ opening: null })
      .where("hash", "=", row.chain.slice(-32))
      .where("opening", "is not", null)
      .executeTakeFirst();
    // What waits for a moderator; of what is hidden there is nothing to erase.
    const held =
      row.ordinal === null
        ? { numDeletedRows: 0n }
        : await trx
            .deleteFrom("hidden_opening")
            .where("letter", "=", number)
            .where("ordinal", "=", row.ordinal)
            .where("bytes", "is not", null)
            .executeTakeFirst();
    return shown.numDeletedRows + waiting.numUpdatedRows + held.numDeletedRows;
  });
  await board.database.truncateWal();
  return erased > 0n;
}
