/**
 * Takes checked leaves of signatories into the pool, in groups: one flush of the disk serves many.
 *
 * When `take` resolves to "accepted", the leaf is durable: it is in the pool or, if it was posted before, in the pool
 * or the log. Uniqueness does not depend on this process: rows are read and written in one transaction under the
 * write lock, and signatory's primary key holds one row a key. When it rejects, the same call again settles it.
 */
import { type Day, equalBytes } from "@undersigned/core";
import {
  createGroupCommit,
  createOrderEraser,
  type GroupCommit,
  type OrderEraser,
} from "@undersigned/service";
import { movedClosings } from "../model/closing-day.ts";
import type { BoardDatabase, BoardTables, Trx } from "./schema.ts";
import { chunks, write } from "./write.ts";

export type Submission = {
  /** The letter's number. */
  readonly letter: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly bucket: number;
  readonly seq: number;
  /** Leaf hash of the leaf before, 32 bytes; null for an endorsement, which has seq 0. */
  readonly previous: Uint8Array | null;
  /** Index in core's CLASSES, for an endorsement. */
  readonly class: number;
  /** Leaf hash, 32 bytes. */
  readonly hash: Uint8Array;
  readonly packed: Uint8Array;
  readonly opening: Uint8Array | null;
  readonly remainder: number;
  /** Whether the letter takes new endorsements on the day on which this one arrived. Repeats are known regardless. */
  readonly open: boolean;
  /** That day: the letter's last one may have been moved to an earlier one. */
  readonly day: Day;
};

export type Outcome =
  | {
      readonly kind: "accepted" /** Whether the key's endorsement is in the log. */;
      readonly released: boolean;
    }
  | {
      readonly kind:
        | "already-endorsed"
        | "letter-not-open"
        | "sequence-taken"
        | "predecessor-unknown"
        | "too-many-pending";
    };

type SignatoryRow = BoardTables["signatory"];
type PoolRow = BoardTables["pool"];
type Entry = { row: SignatoryRow; state: "stored" | "changed" | "new" };

const MAX_GROUP = 512;
/** Larger files are rewritten at the tick only: it would stop the process for more than a tenth of a second. */
const MAX_REWRITTEN_BYTES = 8 * 1024 * 1024;
/** Of one key. Each costs every later reader some hundred bytes, and nobody changes their mind more often in a day. */
export const MAX_PENDING = 32;
const HASH = 32;

export class PoolWriter {
  readonly #database: BoardDatabase;
  readonly #group: GroupCommit<Submission, Outcome>;
  readonly #order: OrderEraser;

  constructor(database: BoardDatabase) {
    this.#database = database;
    this.#order = createOrderEraser(database, { maxBytes: MAX_REWRITTEN_BYTES });
    this.#group = createGroupCommit({
      most: MAX_GROUP,
      write: async (submissions) => {
        const outcomes = await write(database, database.engine, (trx) => store(trx, submissions));
        this.#order.written();
        return outcomes;
      },
    });
  }

  take(submission: Submission): Promise<Outcome> {
    return this.#group.add(submission);
  }

  /** Class (index in core's CLASSES) of a key whose endorsement is stored; null of any other. It never changes. */
  async classOf(letter: number, bucket: number, key: Uint8Array): Promise<number | null> {
    const row = await this.#database.db
      .selectFrom("signatory")
      .select("class")
      .where("letter", "=", letter)
      .where("bucket", "=", bucket)
      .where("key", "=", key)
      .executeTakeFirst();
    return row?.class ?? null;
  }

  /** Resolves when nothing waits any more, and the order of arrival is erased. Nothing may be taken afterwards. */
  async close(): Promise<void> {
    await this.#group.close();
    await this.#order.close();
  }
}

async function store(trx: Trx, submissions: readonly Submission[]): Promise<Outcome[]> {
  const closed = await closedLetters(trx, submissions);
  const moved = await movedClosings(trx, [...new Set(submissions.map(({ letter }) => letter))]);
  const entries = await readEntries(trx, submissions);
  const pool = new Map<string, PoolRow>();
  const superseded: Uint8Array[] = [];
  // The pool of a closed letter is gone, and nothing may be added to it, however long a post was on its way.
  const isOpen = ({ letter, day, open }: Submission) =>
    open && !closed.has(letter) && day <= (moved.get(letter) ?? day);
  const outcomes = submissions.map((submission) => {
    const outcome = place(submission, entries, isOpen(submission));
    if (outcome.kind !== "accepted" || !outcome.fresh) return outcome;
    const { hash, letter, packed, opening, remainder, previous } = submission;
    pool.set(nameOf(hash), { hash, letter, leaf: packed, opening, remainder });
    if (previous !== null) {
      // What the leaf before would have shown is never going to be shown: erase it now.
      const before = pool.get(nameOf(previous));
      if (before === undefined) superseded.push(previous);
      else pool.set(nameOf(previous), { ...before, opening: null });
    }
    return outcome;
  });

  for (const rows of chunks([...pool.values()])) {
    await trx
      .insertInto("pool")
      .values([...rows])
      .execute();
  }
  const fresh = [...entries.values()].filter(({ state }) => state === "new").map(({ row }) => row);
  for (const rows of chunks(fresh)) {
    await trx
      .insertInto("signatory")
      .values([...rows])
      .execute();
  }
  for (const { row, state } of entries.values()) {
    if (state !== "changed") continue;
    const { letter, bucket, key, chain } = row;
    await trx
      .updateTable("signatory")
      .set({ chain })
      .where("letter", "=", letter)
      .where("bucket", "=", bucket)
      .where("key", "=", key)
      .execute();
  }
  for (const hashes of chunks(superseded)) {
    await trx.updateTable("pool").set({ opening: null }).where("hash", "in", hashes).execute();
  }
  return outcomes.map((outcome) =>
    outcome.kind === "accepted" ? { kind: "accepted", released: outcome.released } : outcome,
  );
}

type Placed =
  | { readonly kind: "accepted"; readonly released: boolean; readonly fresh: boolean }
  | Exclude<Outcome, { kind: "accepted" }>;

/** Decides on one leaf, given all before it, and notes it in `entries`. */
function place(submission: Submission, entries: Map<string, Entry>, open: boolean): Placed {
  const { letter, key, seq, previous, hash } = submission;
  const name = `${letter} ${nameOf(key)}`;
  const entry = entries.get(name);

  if (previous === null) {
    if (entry !== undefined) {
      if (!equalBytes(at(entry.row.chain, 0), hash)) return { kind: "already-endorsed" };
      return { kind: "accepted", released: entry.row.released !== null, fresh: false };
    }
    if (!open) return { kind: "letter-not-open" };
    entries.set(name, { state: "new", row: newRow(submission) });
    return { kind: "accepted", released: false, fresh: true };
  }

  if (entry === undefined) return { kind: "predecessor-unknown" };
  const { chain, released } = entry.row;
  const length = chain.length / HASH;
  if (seq < length) {
    if (!equalBytes(at(chain, seq), hash)) return { kind: "sequence-taken" };
    return { kind: "accepted", released: released !== null, fresh: false };
  }
  if (seq > length || !equalBytes(at(chain, length - 1), previous)) return { kind: "predecessor-unknown" };
  const pending = length - (released === null ? 0 : released + 1);
  if (pending >= MAX_PENDING) return { kind: "too-many-pending" };
  const longer = new Uint8Array(chain.length + HASH);
  longer.set(chain);
  longer.set(hash, chain.length);
  entry.row = { ...entry.row, chain: longer };
  if (entry.state === "stored") entry.state = "changed";
  return { kind: "accepted", released: released !== null, fresh: true };
}

function newRow({ letter, bucket, key, class: endorsementClass, hash }: Submission): SignatoryRow {
  return {
    letter,
    bucket,
    key,
    class: endorsementClass,
    chain: hash,
    released: null,
    head_index: null,
    ordinal: null,
    withdrawn: 0,
  };
}

async function closedLetters(trx: Trx, submissions: readonly Submission[]): Promise<ReadonlySet<number>> {
  const letters = [...new Set(submissions.filter(({ previous }) => previous === null).map((s) => s.letter))];
  const closed = new Set<number>();
  for (const numbers of chunks(letters)) {
    const rows = await trx
      .selectFrom("letter")
      .select("number")
      .where("number", "in", numbers)
      .where("closing_index", "is not", null)
      .execute();
    for (const { number } of rows) closed.add(number);
  }
  return closed;
}

async function readEntries(trx: Trx, submissions: readonly Submission[]): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (const [letter, some] of Map.groupBy(submissions, (submission) => submission.letter)) {
    const wanted = new Set(some.map(({ key }) => nameOf(key)));
    for (const buckets of chunks([...new Set(some.map(({ bucket }) => bucket))])) {
      const rows = await trx
        .selectFrom("signatory")
        .selectAll()
        .where("letter", "=", letter)
        .where("bucket", "in", buckets)
        .execute();
      for (const row of rows) {
        const name = nameOf(row.key);
        if (wanted.has(name)) entries.set(`${letter} ${name}`, { state: "stored", row });
      }
    }
  }
  return entries;
}

function at(chain: Uint8Array, seq: number): Uint8Array {
  return chain.subarray(HASH * seq, HASH * seq + HASH);
}

/** A key for maps. */
function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
