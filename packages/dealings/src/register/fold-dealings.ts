/** The register as its records leave it: each is a change, and names the one before it (PROTOCOL §3.7). */
import type { Day, Dealing, DealingsRecord } from "@undersigned/core";
import { DealingsError } from "../errors.ts";

/** A record that the log names, on the day of its leaf. */
export interface DatedRecord {
  readonly hash: string;
  readonly day: Day;
  readonly record: DealingsRecord;
}

export interface DealingChange {
  readonly day: Day;
  /** Hash of the record. */
  readonly record: string;
  /** The row from then on; null where it was removed. */
  readonly entry: Dealing | null;
}

export interface Register {
  /** Rows that are there now, by id, in the order of ids. */
  readonly rows: ReadonlyMap<string, Dealing>;
  /** Changes of each row that ever was, earliest first. */
  readonly history: ReadonlyMap<string, readonly DealingChange[]>;
}

/** `records` in the order of the log. Throws DealingsError `broken-chain` if one does not name the one before it. */
export function foldDealings(records: readonly DatedRecord[]): Register {
  const history = new Map<string, DealingChange[]>();
  let previous: string | null = null;
  for (const { hash, day, record } of records) {
    if (record.previous !== previous) throw new DealingsError("broken-chain");
    previous = hash;
    for (const { row, entry } of record.changes) {
      const changes = history.get(row);
      const change = { day, record: hash, entry };
      if (changes === undefined) history.set(row, [change]);
      else changes.push(change);
    }
  }
  const rows = new Map<string, Dealing>();
  for (const id of [...history.keys()].sort()) {
    const entry = history.get(id)!.at(-1)!.entry;
    if (entry !== null) rows.set(id, entry);
  }
  return { rows, history };
}
