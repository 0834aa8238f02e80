/**
 * Makes an unlisted letter public (PROTOCOL §9, decision 17), by the key that opened it or another one that it names as an organiser's: so
 * that one lost phrase does not keep it hidden. From then on its
 * manifest and what its signatories show are public files, and the manifest's hash, which is the letter's id, proves that it
 * is what was signed. The log is not touched.
 */
import { type JsonValue, leafName, type RevealRequest, revealRequest, verifyObject } from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import type { LetterContext } from "../model/letter-book.ts";
import { MANIFEST } from "../model/letter-book.ts";
import { openText } from "../model/letter-text.ts";
import { write } from "../storage/write.ts";
import type { Published } from "./published.ts";
import { putFile } from "./put-file.ts";
import { requireWelcome } from "./require-welcome.ts";
import { requireWorkforce } from "./require-workforce.ts";

/**
 * Durable when it resolves. Again, or for a letter that was never unlisted, it changes nothing and answers the same. Throws
 * `letter-unknown`, `signature-invalid`, `key-refused`, `log-damaged`, or CoreError.
 */
export async function revealLetter(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const request = revealRequest.check(body, "");
  const letter = await board.letters.letter(workforce, request.letter);
  const signer = request.workforce === workforce ? await signerAmong(request, letter) : null;
  if (signer === null) {
    throw new BoardError(
      "signature-invalid",
      "Only the key that opened the letter, or an organiser's whom it names, makes it public: sign with one, for this workforce.",
    );
  }
  await requireWelcome(board, [signer]);
  const { index, revealed } = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const { leaf_index } = await trx
      .selectFrom("letter")
      .select("leaf_index")
      .where("number", "=", letter.number)
      .executeTakeFirstOrThrow();
    const kept = await trx
      .selectFrom("unlisted_letter")
      .select("text")
      .where("letter", "=", letter.number)
      .executeTakeFirst();
    if (kept?.text == null) return { index: leaf_index, revealed: false };
    const file = openText(board.keys, letter.id, kept.text);
    await putFile(trx, row.number, MANIFEST, letter.id, file);
    await trx
      .updateTable("unlisted_letter")
      .set({ text: null })
      .where("letter", "=", letter.number)
      .execute();
    return { index: leaf_index, revealed: true };
  });
  const { epoch, slot } = letter.leaf;
  if (revealed) board.logger.event("letter-revealed", { epoch, slot });
  return { type: "published", v: 1, workforce, leaf: leafName(letter.entry), index };
}

/** Whose signature it is; null where it is nobody's who may. */
async function signerAmong(
  request: RevealRequest,
  { leaf, organisers }: LetterContext,
): Promise<string | null> {
  for (const key of new Set([leaf.by, ...organisers])) {
    if (await verifyObject(request, key)) return key;
  }
  return null;
}
