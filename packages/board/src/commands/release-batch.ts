/**
 * Writes one batch: its leaf, the endorsements in the order of their hashes, then revisions and withdrawals
 * (PROTOCOL §4, rule 4), and everything in the database that follows from them. All within the tick's transaction.
 */
import {
  type BatchLeaf,
  CLASSES,
  compareBytes,
  type Day,
  encodeLeaf,
  equalBytes,
  type LetterManifest,
  leafHashOf,
  type Opening,
  openingShape,
  parseCanonical,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";
import type { LogAppend } from "../log/log-append.ts";
import { newestLeaf, type PendingKey, type PendingLeaf } from "../model/pool-view.ts";
import { unpackLeaf } from "../storage/packed-leaf.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { chunks } from "../storage/write.ts";

/** What comes out of one letter. */
export type LetterRelease = {
  /** The row as it was read; its counts are changed in place. */
  readonly row: BoardTables["letter"];
  /** Base64url. */
  readonly id: string;
  /** Keys whose pending leaves all come out. Not empty. */
  readonly keys: readonly PendingKey[];
};

export type BatchNumbers = { endorsements: number; revisions: number; withdrawals: number };

/** Whether an opening that comes out waits until an organiser has looked at it. Asked within the tick, and reads in its transaction. */
export type JudgeOpening = (
  opening: Opening,
  manifest: LetterManifest,
  trx: Trx,
) => "waiting" | null | Promise<"waiting" | null>;

/** When and of whom, and how openings are judged. */
export type BatchAt = {
  readonly workforce: string;
  readonly day: Day;
  readonly judge: (opening: Opening, of: LetterRelease) => Promise<"waiting" | null>;
};

type Item = { readonly leaf: PendingLeaf; readonly key: PendingKey; readonly of: LetterRelease };
type SignatoryRow = BoardTables["signatory"];

const MAX_OPENING_BYTES = 8192;

/** Leaves in memory at once, of some kilobytes each. */
const READ_AT_ONCE = 256;

/** The leaf limit of the format. */
export const MAX_BATCH_LETTERS = 32;

/** Writes the batch of at least one letter, sorted by id here. */
export async function releaseBatch(
  trx: Trx,
  log: LogAppend,
  at: BatchAt,
  letters: readonly LetterRelease[],
): Promise<BatchNumbers> {
  const endorsements: Item[] = [];
  const later: Item[] = [];
  const rows: BatchLeaf["letters"] = [];
  for (const of of letters.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = { letter: of.id, mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
    for (const key of of.keys) {
      if (key.endorsement !== null) {
        endorsements.push({ leaf: key.endorsement, key, of });
        row[CLASSES[key.class]!]++;
      }
      for (const leaf of key.later) {
        later.push({ leaf, key, of });
        row[leaf.type === "revision" ? "revisions" : "withdrawals"]++;
      }
    }
    if (row.mailbox + row.vouched > 0) {
      of.row.first_day ??= at.day;
      of.row.last_day = at.day;
    }
    rows.push(row);
  }
  endorsements.sort((a, b) => compareBytes(a.leaf.hash, b.leaf.hash));
  later.sort((a, b) => a.leaf.seq - b.leaf.seq || compareBytes(a.leaf.hash, b.leaf.hash));

  await log.add(
    encodeLeaf({
      type: "batch",
      v: 1,
      workforce: at.workforce,
      day: at.day,
      previous: log.size,
      letters: rows,
    }),
  );
  const written = await addLeaves(trx, log, [...endorsements, ...later]);
  await writeSignatories(trx, at, endorsements, later, written);
  await countTokens(trx, endorsements);
  await deleteReleased(trx, [...endorsements, ...later]);
  const numbers = { endorsements: endorsements.length, revisions: 0, withdrawals: 0 };
  for (const { revisions, withdrawals } of rows) {
    numbers.revisions += revisions;
    numbers.withdrawals += withdrawals;
  }
  return numbers;
}

interface Written {
  /** Leaf index of each item. */
  readonly indexes: ReadonlyMap<PendingLeaf, number>;
  /** Of those that hold their key's state and show something. */
  readonly openings: ReadonlyMap<PendingLeaf, Uint8Array>;
}

async function addLeaves(trx: Trx, log: LogAppend, items: readonly Item[]): Promise<Written> {
  const indexes = new Map<PendingLeaf, number>();
  const openings = new Map<PendingLeaf, Uint8Array>();
  for (const some of chunks(items, READ_AT_ONCE)) {
    const rows = await readRows(trx, some);
    for (const item of some) {
      const { leaf, key } = item;
      const row = rows.get(nameOf(leaf.hash));
      if (row === undefined) throw damaged();
      indexes.set(leaf, await addLeaf(log, item, row.leaf));
      if (row.opening !== null && newestLeaf(key) === leaf) openings.set(leaf, row.opening);
    }
  }
  return { indexes, openings };
}

async function readRows(trx: Trx, items: readonly Item[]) {
  const hashes = items.map(({ leaf }) => leaf.hash);
  const rows = await trx
    .selectFrom("pool")
    .select(["hash", "leaf", "opening"])
    .where("hash", "in", hashes)
    .execute();
  return new Map(rows.map((row) => [nameOf(row.hash), row]));
}

/** The pool is not trusted: what does not hash to its name was damaged, and is not logged. */
async function addLeaf(log: LogAppend, { leaf, of }: Item, packed: Uint8Array): Promise<number> {
  const entry = encodeLeaf(unpackLeaf(packed, of.id));
  const hash = leafHashOf(entry);
  if (!equalBytes(hash, leaf.hash)) throw damaged();
  return await log.add(entry, hash);
}

function damaged(): BoardError {
  return new BoardError("log-damaged", "The pool is damaged: restore the newest copy of the database.");
}

/** A key for maps. */
function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** Moves the heads of the keys, the letters' counts, and what is shown. */
async function writeSignatories(
  trx: Trx,
  at: BatchAt,
  endorsements: readonly Item[],
  later: readonly Item[],
  { indexes, openings }: Written,
): Promise<void> {
  // In log order, which gives the ordinals; a key with both occurs once.
  const ordinals = new Map<PendingKey, number>();
  for (const { key, of } of endorsements) ordinals.set(key, of.row.endorsements++);
  for (const { key } of later) if (key.stored !== null) ordinals.set(key, key.stored.ordinal);

  const owners = new Map([...endorsements, ...later].map(({ key, of }) => [key, of]));
  const signatories: SignatoryRow[] = [];
  const shown: BoardTables["opening"][] = [];
  const waiting: BoardTables["hidden_opening"][] = [];
  const changed: { letter: number; ordinal: number }[] = [];
  for (const [key, of] of owners) {
    const { row } = of;
    const head = newestLeaf(key);
    const ordinal = ordinals.get(key);
    const head_index = indexes.get(head);
    if (ordinal === undefined || head_index === undefined) {
      throw damaged();
    }
    const withdrawn = head.type === "withdrawal";
    count(row, key, withdrawn);
    signatories.push({
      letter: row.number,
      bucket: key.bucket,
      key: key.key,
      class: key.class,
      chain: head.hash,
      released: head.seq,
      head_index,
      ordinal,
      withdrawn: withdrawn ? 1 : 0,
    });
    const opening = openings.get(head);
    if (key.stored !== null) changed.push({ letter: row.number, ordinal });
    if (opening === undefined) continue;
    const entry = { letter: row.number, ordinal, leaf_index: head_index, bytes: opening };
    const verdict = await at.judge(readOpening(opening), of);
    if (verdict === null) shown.push(entry);
    else waiting.push({ ...entry, reason: verdict, day: at.day });
  }
  // In the order of the table, so that neighbours are written together.
  signatories.sort((a, b) => a.letter - b.letter || a.bucket - b.bucket || compareBytes(a.key, b.key));
  for (const rows of chunks(signatories)) {
    // Every row is there: it was made when its endorsement was taken. The chain is not among what is set.
    await trx
      .insertInto("signatory")
      .values([...rows])
      .onConflict((conflict) =>
        conflict.columns(["letter", "bucket", "key"]).doUpdateSet((row) => ({
          released: row.ref("excluded.released"),
          head_index: row.ref("excluded.head_index"),
          ordinal: row.ref("excluded.ordinal"),
          withdrawn: row.ref("excluded.withdrawn"),
        })),
      )
      .execute();
  }
  await deleteShown(trx, changed);
  for (const rows of chunks(shown)) {
    await trx
      .insertInto("opening")
      .values([...rows])
      .execute();
  }
  for (const rows of chunks(waiting)) {
    await trx
      .insertInto("hidden_opening")
      .values([...rows])
      .execute();
  }
}

/** What was shown or hidden of keys whose state is another one now. */
async function deleteShown(
  trx: Trx,
  changed: readonly { readonly letter: number; readonly ordinal: number }[],
): Promise<void> {
  for (const [letter, some] of Map.groupBy(changed, (one) => one.letter)) {
    for (const ordinals of chunks(
      some.map(({ ordinal }) => ordinal),
      256,
    )) {
      for (const table of ["opening", "hidden_opening"] as const) {
        await trx
          .deleteFrom(table)
          .where("letter", "=", letter)
          .where("ordinal", "in", [...ordinals])
          .execute();
      }
    }
  }
}

function readOpening(bytes: Uint8Array): Opening {
  return openingShape.check(parseCanonical(bytes, MAX_OPENING_BYTES), "");
}

function count(row: BoardTables["letter"], key: PendingKey, withdrawn: boolean): void {
  const [counted, taken] =
    CLASSES[key.class] === "mailbox"
      ? (["counted_mailbox", "withdrawn_mailbox"] as const)
      : (["counted_vouched", "withdrawn_vouched"] as const);
  if (key.stored !== null) row[key.stored.withdrawn ? taken : counted]--;
  row[withdrawn ? taken : counted]++;
}

async function countTokens(trx: Trx, endorsements: readonly Item[]): Promise<void> {
  const uses = new Map<string, BoardTables["token_use"]>();
  for (const { key, of } of endorsements) {
    for (const registrar of key.registrars) {
      const name = `${of.row.number} ${key.class} ${Buffer.from(registrar).toString("latin1")}`;
      const use = uses.get(name) ?? { letter: of.row.number, class: key.class, registrar, uses: 0 };
      use.uses++;
      uses.set(name, use);
    }
  }
  for (const rows of chunks([...uses.values()])) {
    await trx
      .insertInto("token_use")
      .values([...rows])
      .onConflict((conflict) =>
        conflict
          .columns(["letter", "class", "registrar"])
          .doUpdateSet((row) => ({ uses: row("token_use.uses", "+", row.ref("excluded.uses")) })),
      )
      .execute();
  }
}

async function deleteReleased(trx: Trx, items: readonly Item[]): Promise<void> {
  for (const some of chunks(items, 256)) {
    await trx
      .deleteFrom("pool")
      .where(
        "hash",
        "in",
        some.map(({ leaf }) => leaf.hash),
      )
      .execute();
  }
}
