/** What a part beside the board (package desk) reads of the board's tables, in a transaction of its own. Ids are base64url. */
import {
  type Day,
  encodeBase64url,
  type LetterLeaf,
  type LetterManifest,
  openingShape,
  parseCanonical,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";
import type { BoardKeys } from "../keys/board-keys.ts";
import type { BoardTables, Reader } from "../storage/schema.ts";
import { movedClosings } from "./closing-day.ts";
import { idBytes } from "./letter-book.ts";
import { isUnlisted, readLetterText } from "./letter-text.ts";
import { readLetters } from "./log-rows.ts";
import { type ManifestInForce, manifestInForce } from "./manifest-in-force.ts";

const MAX_OPENING_BYTES = 8192;

/** Throws `workforce-unknown`. */
export async function workforceInForce(db: Reader, workforce: string): Promise<ManifestInForce> {
  return await manifestInForce(db, await numberOf(db, workforce));
}

/** A log key that no workforce has yet, or null: then the operator must add one. */
export async function freeLogKey(db: Reader, keys: BoardKeys): Promise<string | null> {
  const rows = await db.selectFrom("workforce").select("log_key").execute();
  const taken = new Set(rows.map(({ log_key }) => encodeBase64url(log_key)));
  return [...keys.logs.keys()].find((key) => !taken.has(key)) ?? null;
}

/** The manifest of a letter, public or not. Throws `workforce-unknown`, `letter-unknown`. */
export async function letterManifestOf(
  db: Reader,
  keys: BoardKeys,
  workforce: string,
  letter: string,
): Promise<LetterManifest> {
  const number = await numberOf(db, workforce);
  const row = await db
    .selectFrom("letter")
    .select("number")
    .where("workforce", "=", number)
    .where("id", "=", idBytes(letter) ?? new Uint8Array())
    .executeTakeFirst();
  if (row === undefined) throw new BoardError("letter-unknown", "There is no such letter: check its link.");
  return await readLetterText(db, keys, { number: row.number, workforce: number, id: letter });
}

export type BesideLetter = {
  readonly workforce: string;
  readonly letter: string;
  readonly leaf: LetterLeaf;
  readonly manifest: LetterManifest;
  readonly unlisted: boolean;
  /** The last day, moved or not. */
  readonly closes: Day;
  readonly moved: boolean;
  readonly row: BoardTables["letter"];
};

/** All letters of the board, by workforce and then in the order of the log. */
export async function lettersBeside(db: Reader, keys: BoardKeys): Promise<BesideLetter[]> {
  const workforces = await db.selectFrom("workforce").select(["number", "id"]).orderBy("number").execute();
  const all: BesideLetter[] = [];
  for (const { number, id } of workforces) {
    const letters = await readLetters(db, number);
    const moved = await movedClosings(
      db,
      letters.map(({ row }) => row.number),
    );
    for (const { row, id: letter, leaf } of letters) {
      all.push({
        workforce: encodeBase64url(id),
        letter,
        leaf,
        manifest: await readLetterText(db, keys, { number: row.number, workforce: number, id: letter }),
        unlisted: await isUnlisted(db, row.number),
        closes: moved.get(row.number) ?? leaf.closes,
        moved: moved.has(row.number),
        row,
      });
    }
  }
  return all;
}

export type ShownCounts = {
  readonly named: number;
  readonly confirmed: number;
  readonly role: number;
  readonly hidden: number;
  /** Of the hidden ones, those that an organiser has not looked at. */
  readonly waiting: number;
  /** How many show each role. */
  readonly roles: ReadonlyMap<string, number>;
};

/** What the released signatories of a letter show, also while the letter is unlisted. `letter` is its number. */
export async function shownCounts(db: Reader, letter: number): Promise<ShownCounts> {
  const rows = await db.selectFrom("opening").select("bytes").where("letter", "=", letter).execute();
  const counts = { named: 0, confirmed: 0, role: 0 };
  const roles = new Map<string, number>();
  for (const { bytes } of rows) {
    const { appearance } = openingShape.check(parseCanonical(bytes, MAX_OPENING_BYTES), "");
    if (appearance.kind === "anonymous") continue;
    counts[appearance.kind]++;
    if (appearance.kind === "named" && appearance.confirmed !== null) counts.confirmed++;
    if (appearance.role !== null) roles.set(appearance.role, (roles.get(appearance.role) ?? 0) + 1);
  }
  const hidden = await db.selectFrom("hidden_opening").select("bytes").where("letter", "=", letter).execute();
  const waiting = hidden.filter(({ bytes }) => bytes !== null).length;
  return { ...counts, hidden: hidden.length, waiting, roles };
}

async function numberOf(db: Reader, workforce: string): Promise<number> {
  const row = await db
    .selectFrom("workforce")
    .select("number")
    .where("id", "=", idBytes(workforce) ?? new Uint8Array())
    .executeTakeFirst();
  if (row !== undefined) return row.number;
  throw new BoardError("workforce-unknown", "This board does not serve this workforce: check its link.");
}
