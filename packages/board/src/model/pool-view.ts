/**
 * The pool of one workforce as a tick sees it: pending leaves by letter and key, with what the log already holds of
 * those keys. Only what decisions need is kept: the leaves themselves are read again, a few at a time, when they are written, so
 * that a tick of any size needs little memory.
 */
import { CLASSES, type EndorsementClass, encodeBase64url } from "@undersigned/core";
import { bucketOf } from "../public/signatory-buckets.ts";
import { type PeekedLeaf, peekLeaf } from "../storage/packed-leaf.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { chunks } from "../storage/write.ts";
import { emptyPending, type PendingClass, type PendingCount } from "./plan-release.ts";

export type PendingLeaf = {
  readonly hash: Uint8Array;
  readonly type: PeekedLeaf["type"];
  readonly seq: number;
};

/** A key with pending leaves. */
export type PendingKey = {
  readonly key: Uint8Array;
  readonly bucket: number;
  class: number;
  /** Null if the log holds it already. */
  endorsement: PendingLeaf | null;
  registrars: readonly Uint8Array[];
  consents: boolean;
  /** Revisions and withdrawals, by rising seq. */
  later: PendingLeaf[];
  /** What the log holds of the key; null if nothing. */
  stored: { readonly ordinal: number; readonly withdrawn: boolean } | null;
};

const PAGE = 256;

/** Pending keys by letter number; within a letter in the order of the leaf hashes. */
export async function readPool(trx: Trx, letters: ReadonlySet<number>): Promise<Map<number, PendingKey[]>> {
  const byLetter = new Map<number, Map<string, PendingKey>>();
  const registrars = new Map<string, Uint8Array>();
  let after = new Uint8Array();
  for (;;) {
    const rows = await trx
      .selectFrom("pool")
      .select(["hash", "letter", "leaf", "remainder"])
      .where("hash", ">", after)
      .orderBy("hash")
      .limit(PAGE)
      .execute();
    for (const row of rows) if (letters.has(row.letter)) addRow(byLetter, registrars, row);
    if (rows.length < PAGE) break;
    after = new Uint8Array(rows[rows.length - 1]!.hash);
  }
  const pool = new Map<number, PendingKey[]>();
  for (const [letter, keys] of byLetter) {
    const list = [...keys.values()];
    for (const { later } of list) later.sort((a, b) => a.seq - b.seq);
    await readStored(trx, letter, list);
    pool.set(letter, list);
  }
  return pool;
}

/** `registrars` holds one copy of each name. What is peeked at are views of the leaf, which is not to be kept for them. */
function addRow(
  byLetter: Map<number, Map<string, PendingKey>>,
  registrars: Map<string, Uint8Array>,
  row: Omit<BoardTables["pool"], "opening">,
): void {
  const { type, key, seq, class: endorsementClass, registrars: named } = peekLeaf(row.leaf);
  const keys = byLetter.get(row.letter) ?? new Map<string, PendingKey>();
  byLetter.set(row.letter, keys);
  const name = Buffer.from(key).toString("latin1");
  const pending = keys.get(name) ?? newKey(key.slice());
  keys.set(name, pending);
  const leaf = { hash: row.hash, type, seq };
  if (type !== "endorsement") {
    pending.later.push(leaf);
    return;
  }
  pending.endorsement = leaf;
  pending.class = endorsementClass;
  pending.registrars = named.map((bytes) => {
    const text = Buffer.from(bytes).toString("latin1");
    const kept = registrars.get(text) ?? bytes.slice();
    registrars.set(text, kept);
    return kept;
  });
  pending.consents = row.remainder === 1;
}

function newKey(key: Uint8Array): PendingKey {
  return {
    key,
    bucket: bucketOf(key),
    class: 0,
    endorsement: null,
    registrars: [],
    consents: false,
    later: [],
    stored: null,
  };
}

/** Reads what the log holds of the keys whose endorsement is not pending. */
async function readStored(trx: Trx, letter: number, keys: readonly PendingKey[]): Promise<void> {
  const known = new Map(
    keys.filter(({ endorsement }) => endorsement === null).map((key) => [encodeBase64url(key.key), key]),
  );
  for (const some of chunks([...known.values()])) {
    const buckets = [...new Set(some.map(({ bucket }) => bucket))];
    const rows = await trx
      .selectFrom("signatory")
      .select(["key", "class", "ordinal", "withdrawn"])
      .where("letter", "=", letter)
      .where("bucket", "in", buckets)
      .execute();
    for (const row of rows) {
      const key = known.get(encodeBase64url(row.key));
      if (key === undefined || row.ordinal === null) continue;
      key.class = row.class;
      key.stored = { ordinal: row.ordinal, withdrawn: row.withdrawn === 1 };
    }
  }
}

/** The leaf that holds the key's state once all of its pending leaves are released. */
export function newestLeaf(key: PendingKey): PendingLeaf {
  return key.later.at(-1) ?? key.endorsement!;
}

/** The numbers that a plan needs. */
export function countPending(keys: readonly PendingKey[]): Record<EndorsementClass, PendingClass> {
  const pending = { mailbox: emptyPending(), vouched: emptyPending() };
  for (const key of keys) {
    if (key.endorsement === null) continue;
    const of = pending[CLASSES[key.class]!];
    addKey(of.all, key);
    if (key.consents) addKey(of.consenting, key);
  }
  return pending;
}

function addKey(count: PendingCount, key: PendingKey): void {
  count.endorsements++;
  if (newestLeaf(key).type !== "withdrawal") count.counted++;
  for (const bytes of key.registrars) {
    const registrar = encodeBase64url(bytes);
    count.tokens.set(registrar, (count.tokens.get(registrar) ?? 0) + 1);
  }
}
