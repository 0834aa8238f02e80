/**
 * What became of one letter, as far as the log was read (PROTOCOL §4 rules 13 and 14): handed over, answered, judged,
 * what the company supplies, and what is told of it. Filled leaf by leaf by check-further-life.ts with what it finds right.
 */
import {
  type ChronicleLeaf,
  type ChronicleRecord,
  type DealingsLeaf,
  type DealingsRecord,
  type DeliveryLeaf,
  type EntryPlace,
  type JudgementLeaf,
  type JudgementRecord,
  MAX_DEALINGS,
  type ResponseLeaf,
  type ResponseRecord,
  type WithheldRecord,
} from "@undersigned/core";

export interface LoggedDelivery {
  readonly leaf: DeliveryLeaf;
  readonly index: number;
}

export interface LoggedResponse {
  readonly leaf: ResponseLeaf;
  readonly index: number;
  /** Null where it is withheld, or not among the files. */
  readonly record: ResponseRecord | null;
  /** That organisers have taken its text away. */
  readonly withheld: WithheldRecord | null;
  /** Whether the file is there with which an answer by mail can be checked again. */
  readonly evidence: boolean;
}

export interface LoggedJudgement {
  readonly leaf: JudgementLeaf;
  readonly index: number;
  readonly record: JudgementRecord;
}

export interface LoggedDealings {
  readonly leaf: DealingsLeaf;
  readonly index: number;
  /** Rows of the register after it. */
  readonly rows: number;
}

/** An entry of the chronicle. */
export interface LoggedEntry {
  readonly leaf: ChronicleLeaf;
  readonly index: number;
  /** Null where it is withheld, or not among the files. */
  readonly record: ChronicleRecord | null;
  readonly withheld: WithheldRecord | null;
  /** Index of the leaf of the entry that has taken its place; a removal takes it back. Null while it is in force. */
  readonly replacedBy: number | null;
}

export class FurtherLife {
  /** All lists in the log's order. */
  readonly deliveries: LoggedDelivery[] = [];
  readonly responses: LoggedResponse[] = [];
  readonly judgements: LoggedJudgement[] = [];
  readonly dealings: LoggedDealings[] = [];
  readonly chronicle: LoggedEntry[] = [];
  /** Records that a leaf has named. */
  readonly records = new Set<string>();
  /** Hash of the latest judgement of each demand. */
  readonly judged = new Map<string, string>();
  /** What the next entry of the chronicle may replace, by the hashes of records. */
  readonly inForce = new Map<string, EntryPlace>();
  /** Ids of the rows that the register has. */
  #rows: ReadonlySet<string> = new Set();

  get isEmpty(): boolean {
    return this.deliveries.length === 0 && this.records.size === 0;
  }

  /** Ids of the rows that the register would have; null if those are too many. */
  rowsAfter({ changes }: DealingsRecord): ReadonlySet<string> | null {
    const rows = new Set(this.#rows);
    for (const { row, entry } of changes) {
      if (entry === null) rows.delete(row);
      else rows.add(row);
    }
    return rows.size > MAX_DEALINGS ? null : rows;
  }

  addDealings(leaf: DealingsLeaf, index: number, rows: ReadonlySet<string>): void {
    this.#rows = rows;
    this.dealings.push({ leaf, index, rows: rows.size });
  }

  addEntry(entry: Omit<LoggedEntry, "replacedBy">, place: EntryPlace): void {
    const { leaf, index } = entry;
    if (leaf.replaces !== null) {
      this.inForce.delete(leaf.replaces);
      const at = this.chronicle.findIndex((before) => before.leaf.record === leaf.replaces);
      this.chronicle[at] = { ...this.chronicle[at]!, replacedBy: index };
    }
    if (leaf.kind !== "removal") this.inForce.set(leaf.record, place);
    this.chronicle.push({ ...entry, replacedBy: null });
  }
}
