/** What the board holds of workforces and letters, read in the desk's own transaction: their tables are in one database. */
import {
  type BesideLetter,
  type BoardReader,
  freeLogKey,
  workforceInForce as inForce,
  letterManifestOf,
  lettersBeside,
  type ManifestInForce,
} from "@undersigned/board";
import type { Base64url, LetterManifest } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader } from "../storage/schema.ts";

const boardReader = (db: DeskReader) => db as unknown as BoardReader;

/** Throws BoardError `workforce-unknown`. */
export function workforceInForce(db: DeskReader, workforce: Base64url): Promise<ManifestInForce> {
  return inForce(boardReader(db), workforce);
}

/** Listed or not. Throws BoardError `workforce-unknown`, `letter-unknown`. */
export function letterText(
  desk: Desk,
  db: DeskReader,
  workforce: Base64url,
  letter: Base64url,
): Promise<LetterManifest> {
  return letterManifestOf(boardReader(db), desk.board.internals.keys, workforce, letter);
}

/** All letters of the board. */
export function boardLetters(desk: Desk, db: DeskReader): Promise<BesideLetter[]> {
  return lettersBeside(boardReader(db), desk.board.internals.keys);
}

/** Throws BoardError `workforce-unknown`, `letter-unknown`. */
export async function boardLetter(
  desk: Desk,
  db: DeskReader,
  workforce: Base64url,
  letter: Base64url,
): Promise<BesideLetter> {
  const found = (await boardLetters(desk, db)).find(
    (one) => one.workforce === workforce && one.letter === letter,
  );
  // The board's own refusal, in its own words.
  if (found === undefined) await letterText(desk, db, workforce, letter);
  return found!;
}

/** What a workforce's manifest names of this board; null where no log is free for a new one. */
export async function boardParts(
  desk: Desk,
  db: DeskReader,
  workforce: Base64url | null,
  origin: string,
): Promise<{ key: Base64url; log: Base64url; url: string } | null> {
  const log =
    workforce === null
      ? await freeLogKey(boardReader(db), desk.board.internals.keys)
      : (await inForce(boardReader(db), workforce)).manifest.log.key;
  return log === null ? null : { key: desk.boardKey, log, url: origin };
}
