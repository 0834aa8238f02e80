/** The register as the log leaves it, and the record of a change that follows. */

import {
  type Dealing,
  type DealingsRecord,
  encodeRecord,
  MAX_DEALINGS,
  MAX_DEALINGS_BYTES,
} from "@undersigned/core";
import { foldDealings, type Register } from "@undersigned/dealings";
import type { FurtherView } from "@undersigned/verify";
import { say } from "../../../../say.ts";
import { commonOf, type OfLetter } from "../new-record.ts";

export interface RegisterNow extends Register {
  /** Hash of the latest change; null before the first. */
  readonly head: string | null;
}

export function registerOf({ dealings }: Pick<FurtherView, "dealings">): RegisterNow {
  const records = dealings.map(({ leaf, record }) => ({ hash: leaf.record, day: leaf.day, record }));
  return { ...foldDealings(records), head: records.at(-1)?.hash ?? null };
}

export interface RowChange {
  readonly row: string;
  /** Null removes it. */
  readonly entry: Dealing | null;
}

export type ChangeProblem = "nothing" | "too-many-rows" | "too-large";

/** Why this cannot be one change; null if it can. */
export function changeProblem(
  { rows }: Pick<RegisterNow, "rows">,
  record: DealingsRecord,
): ChangeProblem | null {
  const { changes } = record;
  if (changes.length === 0) return "nothing";
  if (changes.length > MAX_DEALINGS) return "too-many-rows";
  const after = new Set(rows.keys());
  for (const { row, entry } of changes) {
    if (entry === null) after.delete(row);
    else after.add(row);
  }
  if (after.size > MAX_DEALINGS) return "too-many-rows";
  return encodeRecord(record).length > MAX_DEALINGS_BYTES ? "too-large" : null;
}

/** `changes` in any order, each row once. */
export function changeRecord(
  of: OfLetter,
  head: string | null,
  changes: readonly RowChange[],
): DealingsRecord {
  const sorted = [...changes].sort((a, b) => (a.row < b.row ? -1 : a.row > b.row ? 1 : 0));
  return { type: "dealings-record", ...commonOf(of), previous: head, changes: sorted };
}

export function changeProblemWords(problem: ChangeProblem): string {
  return say(`desk-register.change.${problem}`);
}
