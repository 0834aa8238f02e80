/** Makes captured copies public files (PROTOCOL §8), once a letter whose text anybody may read, or a record, names them. */
import { encodeBase64url, sha256 } from "@undersigned/core";
import type { Board } from "../board.ts";
import { isCopyNamed } from "../model/copies-named.ts";
import { COPY } from "../model/letter-book.ts";
import { write } from "../storage/write.ts";
import { putFile } from "./put-file.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Durable when it resolves; again it changes nothing. Throws `workforce-unknown`, `letter-unknown`. */
export async function publishCopies(
  board: Board,
  of: { readonly workforce: string; readonly letter: string; readonly copies: readonly Uint8Array[] },
): Promise<void> {
  await board.letters.letter(of.workforce, of.letter);
  const { engine } = board.database;
  await write(board.database, engine, async (trx) => {
    const { number } = await requireWorkforce(trx, of.workforce);
    for (const bytes of of.copies) {
      const hash = encodeBase64url(sha256(bytes));
      if (await isCopyNamed(trx, engine, number, hash)) await putFile(trx, number, COPY, hash, bytes);
    }
  });
}
