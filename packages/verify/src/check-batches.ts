/**
 * Batches (PROTOCOL §4 rules 4 and 5): what stands where, in which order, how many of it, and on which days. Fed with every
 * leaf in the log's order. A batch that turns out to be under its minimum or on another day is held until it is known
 * whether it was the letter's closing batch.
 */
import {
  type BatchLeaf,
  CLASSES,
  compareBytes,
  daysBetween,
  type EndorsementClass,
  type SignatoryLeaf,
} from "@undersigned/core";
import type { FailureCode, Found } from "./errors.ts";
import { closesOf, type LetterRecord } from "./letter-record.ts";

interface Row {
  mailbox: number;
  vouched: number;
  revisions: number;
  withdrawals: number;
}

/** The batch that is being read. */
interface OpenBatch {
  readonly leaf: BatchLeaf;
  readonly index: number;
  remaining: number;
  readonly rows: Map<string, Row>;
  /** Where order stands: 0 among the endorsements, else the seq of the revision or withdrawal before. */
  rank: number;
  hash: Uint8Array | null;
  /** An entry could not be read, so rows cannot be counted. */
  damaged: boolean;
}

/** A failure unless the letter's closing leaf of the same day comes before the next batch. */
interface Held {
  readonly letter: string;
  readonly day: string;
  readonly code: FailureCode;
  readonly index: number;
  readonly message: string;
}

/** A signatory's leaf as far as its place goes. `hash` is its leaf hash, 32 bytes. */
export interface Placed {
  readonly type: SignatoryLeaf["type"];
  readonly letter: string;
  readonly seq: number;
  readonly class: EndorsementClass | null;
  readonly hash: Uint8Array;
}

export class BatchRules {
  readonly #letters: ReadonlyMap<string, LetterRecord>;
  readonly #workforce: string;
  readonly #found: Found;
  #open: OpenBatch | null = null;
  #held: Held[] = [];
  #lastDay: string | null = null;

  /** `letters` holds, at each moment, the letters whose leaves have been read. */
  constructor(workforce: string, letters: ReadonlyMap<string, LetterRecord>, found: Found) {
    this.#workforce = workforce;
    this.#letters = letters;
    this.#found = found;
  }

  /** Of the last batch so far. */
  get lastDay(): string | null {
    return this.#lastDay;
  }

  onBatch(leaf: BatchLeaf, index: number): void {
    this.onOther(index);
    this.#releaseHeld();
    if (leaf.workforce !== this.#workforce) {
      this.#found("workforce-mismatch", index, "The batch is of another workforce.");
    }
    if (leaf.previous !== index) {
      this.#found(
        "batch-position",
        index,
        `The batch states a log of ${leaf.previous} leaves before it; there are ${index}.`,
      );
    }
    if (this.#lastDay !== null && leaf.day <= this.#lastDay) {
      this.#found(
        "batch-day-order",
        index,
        `The batch of ${leaf.day} stands after the one of ${this.#lastDay}.`,
      );
    }
    this.#lastDay = leaf.day;
    let remaining = 0;
    for (const { letter, mailbox, vouched, revisions, withdrawals } of leaf.letters) {
      const sum = mailbox + vouched + revisions + withdrawals;
      if (sum === 0)
        this.#found("batch-count-wrong", index, "The batch names a letter of which it has nothing.", letter);
      if (!this.#letters.has(letter)) {
        this.#found("letter-unknown", index, "The batch names a letter that has not been opened.", letter);
      }
      remaining += sum;
    }
    this.#open = {
      leaf,
      index,
      remaining,
      rows: new Map(),
      rank: 0,
      hash: null,
      damaged: false,
    };
    if (remaining === 0) this.#close();
  }

  /** The day of the batch that the leaf is part of, or null, with a failure, when no batch has room for it. */
  onSignatory(leaf: Placed, index: number): string | null {
    const open = this.#open;
    if (open === null) {
      const message = `The ${leaf.type} stands outside of every batch: after more leaves than its batch leaf states.`;
      this.#found("leaf-out-of-place", index, message, leaf.letter);
      return null;
    }
    const rank = leaf.type === "endorsement" ? 0 : leaf.seq;
    const unsorted =
      rank < open.rank ||
      (rank === open.rank && open.hash !== null && compareBytes(open.hash, leaf.hash) >= 0);
    if (unsorted) {
      const message =
        "Endorsements come first, by leaf hash; then revisions and withdrawals, by seq and leaf hash.";
      this.#found("batch-unsorted", index, message, leaf.letter);
    }
    open.rank = rank;
    open.hash = leaf.hash.slice();
    const row = open.rows.get(leaf.letter) ?? { mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
    open.rows.set(leaf.letter, row);
    if (leaf.type === "revision") row.revisions++;
    else if (leaf.type === "withdrawal") row.withdrawals++;
    else if (leaf.class !== null) row[leaf.class]++;
    return open.leaf.day;
  }

  /** After the leaf's own effects, whether it was readable or not: a batch that is complete is judged. */
  afterEntry(readable: boolean): void {
    const open = this.#open;
    if (open === null) return;
    if (!readable) open.damaged = true;
    open.remaining--;
    if (open.remaining === 0) this.#close();
  }

  /** Any leaf that is none of a signatory: a batch that still lacks leaves is over. */
  onOther(index: number): void {
    if (this.#open === null) return;
    this.#found(
      "batch-count-wrong",
      this.#open.index,
      `The batch lacks ${this.#open.remaining} leaves before leaf ${index}.`,
    );
    this.#open.damaged = true;
    this.#close();
  }

  onClosing(letter: string, day: string): void {
    this.#held = this.#held.filter((held) => held.letter !== letter || held.day !== day);
  }

  finish(size: number): void {
    this.onOther(size);
    this.#releaseHeld();
  }

  #releaseHeld(): void {
    for (const { code, index, message, letter } of this.#held) this.#found(code, index, message, letter);
    this.#held = [];
  }

  #close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    if (!open.damaged) this.#compareRows(open);
    for (const [letter, row] of open.rows) {
      const record = this.#letters.get(letter);
      if (record === undefined || row.mailbox + row.vouched === 0) continue;
      if (record.released === row.mailbox + row.vouched) this.#checkFirst(open, record);
      for (const cls of CLASSES) if (row[cls] > 0) this.#checkRelease(open, record, cls, row[cls]);
    }
  }

  #compareRows({ leaf, index, rows }: OpenBatch): void {
    const none: Row = { mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
    const stated = new Map(leaf.letters.map((row) => [row.letter, row]));
    for (const letter of new Set([...stated.keys(), ...rows.keys()])) {
      const says = stated.get(letter) ?? none;
      const has = rows.get(letter) ?? none;
      const differs =
        says.mailbox !== has.mailbox ||
        says.vouched !== has.vouched ||
        says.revisions !== has.revisions ||
        says.withdrawals !== has.withdrawals;
      if (differs) {
        const message = `The batch states ${describe(says)}; ${describe(has)} follow.`;
        this.#found("batch-count-wrong", index, message, letter);
      }
    }
  }

  #checkFirst({ index }: OpenBatch, { letter, states }: LetterRecord): void {
    const { first } = letter.leaf.batch;
    const { mailbox } = states.counted;
    if (mailbox < first) {
      const message = `The first batch must bring ${first} counted work mailboxes; after it there are ${mailbox}.`;
      this.#found("batch-before-first", index, message, letter.leaf.letter);
    }
  }

  #checkRelease(
    { leaf, index }: OpenBatch,
    record: LetterRecord,
    cls: EndorsementClass,
    count: number,
  ): void {
    const { opens, batch, letter: id } = record.letter.leaf;
    const closes = closesOf(record);
    const { min, every } = batch.classes[cls];
    const since = daysBetween(opens, leaf.day);
    const problems: [FailureCode, string][] = [];
    if (since <= 0 || leaf.day > closes || since % every !== 0) {
      const message = `Class ${cls} comes out every ${every} days after ${opens} until ${closes}, or when the letter is closed; not on ${leaf.day}.`;
      problems.push(["batch-wrong-day", message]);
    }
    if (count < min) {
      const message = `A batch of class ${cls} has ${min} endorsements or more, except when the letter is closed; this one has ${count}.`;
      problems.push(["batch-under-minimum", message]);
    }
    for (const [code, message] of problems) {
      if (leaf.day > closes) this.#held.push({ letter: id, day: leaf.day, code, index, message });
      else this.#found(code, index, message, id);
    }
  }
}

function describe({ mailbox, vouched, revisions, withdrawals }: Row): string {
  return `${mailbox} mailbox and ${vouched} vouched endorsements, ${revisions} revisions and ${withdrawals} withdrawals`;
}
