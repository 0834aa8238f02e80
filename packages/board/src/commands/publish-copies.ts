/** Makes captured copies public files (PROTOCOL §8), once a letter whose text anybody may read names them. */
import { encodeBase64url, sha256 } from "@undersigned/core";
import type { Board } from "../board.ts";
import { letterManifestOf } from "../model/beside.ts";
import { COPY } from "../model/letter-book.ts";
import { isUnlisted } from "../model/letter-text.ts";
import { write } from "../storage/write.ts";
import { putFile } from "./put-file.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Durable when it resolves; again it changes nothing. Throws `workforce-unknown`, `letter-unknown`. */
export async function publishCopies(
  board: Board,
  of: { readonly workforce: string; readonly letter: string; readonly copies: readonly Uint8Array[] },
): Promise<void> {
  const letter = await board.letters.letter(of.workforce, of.letter);
  await write(board.database, board.database.engine, async (trx) => {
    if (await isUnlisted(trx, letter.number)) return;
    const { number } = await requireWorkforce(trx, of.workforce);
    const { supplement } = await letterManifestOf(trx, board.keys, of.workforce, of.letter);
    const named = new Set(supplement?.claims.flatMap(({ sources }) => sources.map(({ copy }) => copy)));
    for (const bytes of of.copies) {
      const hash = encodeBase64url(sha256(bytes));
      if (named.has(hash)) await putFile(trx, number, COPY, hash, bytes);
    }
  });
}
