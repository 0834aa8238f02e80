/**
 * An import, step by step: a file is chosen, read once for its suppliers, read again for those that were picked, and shown as a plan
 * of which rows can be left out. Nothing leaves the device before the plan is accepted.
 */

import type { Dealing } from "@undersigned/core";
import { type ImportOptions, type ImportPlan, type ImportResult, planImport } from "@undersigned/dealings";
import type { RowChange } from "../register-state.ts";
import { failureWords } from "./failure-words.ts";
import type { FromReader } from "./messages.ts";

export type Steps =
  | { readonly at: "choose"; readonly failure: string | null }
  | {
      readonly at: "reading";
      readonly file: Blob;
      readonly again: ImportOptions | null;
      readonly bytes: number;
    }
  /** `result` is of the whole file. */
  | { readonly at: "suppliers"; readonly file: Blob; readonly result: ImportResult }
  | {
      readonly at: "preview";
      readonly file: Blob;
      readonly whole: ImportResult | null;
      readonly result: ImportResult;
      readonly plan: ImportPlan;
      /** Ids of rows that are left out. */
      readonly without: ReadonlySet<string>;
    };

export const CHOOSE: Steps = { at: "choose", failure: null };

export function chosen(file: Blob): Steps {
  return { at: "reading", file, again: null, bytes: 0 };
}

/** With what was picked. */
export function readAgain(file: Blob, options: ImportOptions): Steps {
  return { at: "reading", file, again: options, bytes: 0 };
}

/** What the reading thread says; of a file that is not read any more, nothing changes. `current`: the register's rows. */
export function heard(
  steps: Steps,
  answer: FromReader,
  current: ReadonlyMap<string, Dealing>,
  whole: ImportResult | null,
): Steps {
  if (steps.at !== "reading") return steps;
  if (answer.said === "progress") return { ...steps, bytes: answer.bytes };
  if (answer.said === "failed") return { at: "choose", failure: failureWords(answer) };
  const { file, again } = steps;
  const { result } = answer;
  if (again === null) return { at: "suppliers", file, result };
  const plan = planImport(current, result.rows, result.replaced);
  return { at: "preview", file, whole, result, plan, without: new Set() };
}

export function toggled(without: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(without);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Every row that the plan would change, in the order in which it is shown. */
export interface PlannedRow {
  readonly id: string;
  readonly what: "added" | "changed" | "removed";
  readonly before: Dealing | null;
  /** Null where it is removed. */
  readonly after: Dealing | null;
}

export function plannedRows({ added, changed, replaced }: ImportPlan): PlannedRow[] {
  return [
    ...added.map(({ id, entry }) => ({ id, what: "added" as const, before: null, after: entry })),
    ...changed.map(({ id, before, after }) => ({ id, what: "changed" as const, before, after })),
    ...replaced.map(({ id, before }) => ({ id, what: "removed" as const, before, after: null })),
  ];
}

export function changesOf(rows: readonly PlannedRow[], without: ReadonlySet<string>): RowChange[] {
  return rows.filter(({ id }) => !without.has(id)).map(({ id, after }) => ({ row: id, entry: after }));
}
