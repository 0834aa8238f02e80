import type { Day } from "@undersigned/core";
import type { Board } from "../board.ts";
import type { WorkforceRow } from "../log/log-append.ts";
import { lastDayAfterClosing } from "../model/after-closing.ts";
import type { Trx } from "../storage/schema.ts";

/**
 * The day of a leaf about a letter's further life: the present one, and never before what the log holds already, so that a
 * clock that was set back makes no log which every recount refuses (PROTOCOL §4, rule 14).
 */
export async function boardDay(trx: Trx, { clock }: Board, row: WorkforceRow): Promise<Day> {
  const last = await lastDayAfterClosing(trx, row.number);
  return [clock.day(), row.last_tick, ...(last === null ? [] : [last])].sort().at(-1)!;
}
