/**
 * What a leaf by a signatory is checked against: the letter, its epoch, the manifest that was in force when the epoch
 * began, and the registrars' keys of its slot. All of it stands in the log and never changes, so it is read once and
 * kept; whether a letter has closed, or its last day was moved, is not here: that is asked in each transaction.
 */
import {
  decodeBase64url,
  type EndorsementClass,
  type EpochLeaf,
  type KeyStatement,
  type LetterLeaf,
  parseKeyStatement,
  parseLeaf,
  parseWorkforceManifest,
  TokenVerifier,
  tokenKey,
  type WorkforceManifest,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";
import type { BoardKeys } from "../keys/board-keys.ts";
import type { Reader } from "../storage/schema.ts";
import { readLetterText } from "./letter-text.ts";

export const MANIFEST = 0;
export const STATEMENT = 1;
export const CLIENT = 2;
/** A captured copy of a source that a public letter or a record names. */
export const COPY = 3;
/** What is said of a letter's further life (PROTOCOL §3.7). */
export const RECORD = 4;
/** In the place of a record that is withheld. */
export const WITHHELD = 5;
/** What proves an answer by mail. */
export const ANSWER = 6;
/** What was handed over. */
export const DOCUMENT = 7;

export type EpochContext = {
  readonly leaf: EpochLeaf;
  /** In force when the epoch was opened: its quorum and its lists hold for the epoch's letters. */
  readonly manifest: WorkforceManifest;
  readonly statements: readonly KeyStatement[];
};

export type LetterContext = {
  readonly number: number;
  readonly workforce: string;
  /** The letter's id, base64url. */
  readonly id: string;
  readonly leaf: LetterLeaf;
  /** The leaf's bytes. */
  readonly entry: Uint8Array;
  readonly epoch: EpochContext;
  /** The kinds of appearance that its manifest offers. */
  readonly appearances: readonly string[];
  /** Whether it takes names that are not confirmed. */
  readonly names: "any" | "confirmed";
  /** Keys of the organisers that its manifest names. */
  readonly organisers: readonly string[];
  /** The registrar's key for the letter's slot and this class, or null when there is none. */
  verifier(endorsementClass: EndorsementClass, registrar: string): TokenVerifier | null;
};

/** Reads a public file by its name. Throws `log-damaged` when it is missing: nothing is logged without its files. */
export async function requireFile(
  db: Reader,
  workforce: number,
  kind: number,
  hash: string | Uint8Array,
): Promise<Uint8Array> {
  const name = typeof hash === "string" ? decodeBase64url(hash, 32) : hash;
  const row = await db
    .selectFrom("public_file")
    .select("bytes")
    .where("workforce", "=", workforce)
    .where("kind", "=", kind)
    .where("hash", "=", name)
    .executeTakeFirst();
  if (row === undefined) {
    throw new BoardError("log-damaged", "A file that the log names is missing: restore the newest database.");
  }
  return row.bytes;
}

/** An id as it stands in a path or a leaf; null for what is no id. */
export function idBytes(id: string): Uint8Array | null {
  try {
    return decodeBase64url(id, 32);
  } catch {
    return null;
  }
}

export async function readEpoch(db: Reader, workforce: number, epoch: number): Promise<EpochContext | null> {
  const row = await db
    .selectFrom("epoch")
    .select("leaf")
    .where("workforce", "=", workforce)
    .where("epoch", "=", epoch)
    .executeTakeFirst();
  if (row === undefined) return null;
  const leaf = parseLeaf(row.leaf) as EpochLeaf;
  const manifest = parseWorkforceManifest(await requireFile(db, workforce, MANIFEST, leaf.manifest));
  const statements: KeyStatement[] = [];
  for (const { statement } of leaf.statements) {
    statements.push(parseKeyStatement(await requireFile(db, workforce, STATEMENT, statement)));
  }
  return { leaf, manifest, statements };
}

export class LetterBook {
  readonly #db: Reader;
  readonly #letters = new Map<string, LetterContext>();

  readonly #keys: BoardKeys;

  /** `keys` open the texts of unlisted letters. */
  constructor(db: Reader, keys: BoardKeys) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Throws `workforce-unknown` or `letter-unknown`. Ids are base64url. */
  async letter(workforce: string, id: string): Promise<LetterContext> {
    const name = `${workforce} ${id}`;
    const known = this.#letters.get(name);
    if (known !== undefined) return known;
    const letter = await this.#read(workforce, id);
    this.#letters.set(name, letter);
    return letter;
  }

  async #read(workforce: string, id: string): Promise<LetterContext> {
    const db = this.#db;
    const number = await workforceNumber(db, workforce);
    const row = await db
      .selectFrom("letter")
      .select(["number", "leaf"])
      .where("workforce", "=", number)
      .where("id", "=", idBytes(id) ?? new Uint8Array())
      .executeTakeFirst();
    if (row === undefined) {
      throw new BoardError("letter-unknown", "There is no such letter in this workforce: check its link.");
    }
    const leaf = parseLeaf(row.leaf) as LetterLeaf;
    const epoch = await readEpoch(db, number, leaf.epoch);
    if (epoch === null)
      throw new BoardError("log-damaged", "A letter's epoch is missing: restore the database.");
    const at = { number: row.number, workforce: number, id };
    const { appearances, names, organisers } = await readLetterText(db, this.#keys, at);
    const verifiers = makeVerifiers(workforce, leaf, epoch);
    return {
      number: row.number,
      workforce,
      id,
      leaf,
      entry: row.leaf,
      epoch,
      appearances,
      names,
      organisers,
      verifier: (endorsementClass, registrar) => verifiers.get(`${endorsementClass} ${registrar}`) ?? null,
    };
  }
}

function makeVerifiers(workforce: string, leaf: LetterLeaf, epoch: EpochContext): Map<string, TokenVerifier> {
  const verifiers = new Map<string, TokenVerifier>();
  for (const { registrar, keys } of epoch.statements) {
    for (const { class: endorsementClass, slot, spki } of keys) {
      if (slot !== leaf.slot) continue;
      const where = { workforce, epoch: leaf.epoch, slot, class: endorsementClass, registrar };
      verifiers.set(`${endorsementClass} ${registrar}`, new TokenVerifier(tokenKey(where, spki)));
    }
  }
  return verifiers;
}

/** Throws `workforce-unknown`. */
export async function workforceNumber(db: Reader, workforce: string): Promise<number> {
  const id = idBytes(workforce);
  const row =
    id === null
      ? undefined
      : await db.selectFrom("workforce").select("number").where("id", "=", id).executeTakeFirst();
  if (row === undefined) {
    throw new BoardError("workforce-unknown", "This board does not serve this workforce: check its link.");
  }
  return row.number;
}
