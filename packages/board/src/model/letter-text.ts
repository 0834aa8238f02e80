/** The text of a letter, from where it is kept: with the public files, or sealed while the letter is unlisted. */
import { decodeBase64url, type LetterManifest, letterId, parseLetterManifest } from "@undersigned/core";
import { BoardError } from "../errors.ts";
import { openRow, sealRow } from "../keys/at-rest.ts";
import type { BoardKeys } from "../keys/board-keys.ts";
import type { Reader } from "../storage/schema.ts";

const PURPOSE = "unlisted-letter";

/** For the database. `id` is the letter's, base64url. */
export function sealText(keys: BoardKeys, id: string, file: Uint8Array): Uint8Array {
  return sealRow(keys.deskKey(PURPOSE), { table: "unlisted_letter", row: id }, file);
}

/** Throws `log-damaged` for anything but the letter's manifest file. */
export function openText(keys: BoardKeys, id: string, sealed: Uint8Array): Uint8Array {
  const file = openRow(keys.deskKey(PURPOSE), { table: "unlisted_letter", row: id }, sealed);
  if (letterId(file) === id) return file;
  throw new BoardError("log-damaged", "A letter's sealed text is another one: restore the newest database.");
}

/** Whether a letter's text is withheld from the public. `letter` is its number. */
export async function isUnlisted(db: Reader, letter: number): Promise<boolean> {
  const row = await db
    .selectFrom("unlisted_letter")
    .select("letter")
    .where("letter", "=", letter)
    .where("text", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Listed or not. `id` is base64url. Throws `log-damaged`. */
export async function readLetterText(
  db: Reader,
  keys: BoardKeys,
  letter: { readonly number: number; readonly workforce: number; readonly id: string },
): Promise<LetterManifest> {
  const unlisted = await db
    .selectFrom("unlisted_letter")
    .select("text")
    .where("letter", "=", letter.number)
    .executeTakeFirst();
  if (unlisted?.text != null) return parseLetterManifest(openText(keys, letter.id, unlisted.text));
  const row = await db
    .selectFrom("public_file")
    .select("bytes")
    .where("workforce", "=", letter.workforce)
    .where("kind", "=", 0)
    .where("hash", "=", decodeBase64url(letter.id, 32))
    .executeTakeFirst();
  if (row === undefined) {
    throw new BoardError("log-damaged", "A letter's text is missing: restore the newest database.");
  }
  return parseLetterManifest(row.bytes);
}
