/** Shorthands of the tests: a small valid log, and what a recount says of one. */
import type { SignatoryLeaf } from "@undersigned/core";
import { type LetterHandle, LogBuilder, type WorkforceOptions } from "../../../test/kit/log-builder.ts";
import { memorySource, type PublicFiles } from "../../../test/kit/public-files.ts";
import { type RecountOptions, type Report, recount } from "../src/index.ts";

export { LogBuilder } from "../../../test/kit/log-builder.ts";
export * from "../../../test/kit/public-files.ts";

export const FIRST_DAY = "2026-03-03";
export const CLOSING_DAY = "2026-05-01";

export interface SmallLog {
  readonly log: LogBuilder;
  readonly letter: LetterHandle;
  /** Index of its batch leaf; the endorsements of persons 0 to 4 follow it. */
  readonly batch: number;
}

/** Workforce, epoch and letter. */
export function openedLog(options: WorkforceOptions = {}): Omit<SmallLog, "batch"> {
  const log = new LogBuilder(options);
  log.addEpoch();
  return { log, letter: log.addLetter() };
}

/** The same with a batch of five endorsements. */
export function smallLog(options: WorkforceOptions = {}): SmallLog {
  const { log, letter } = openedLog(options);
  const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 5));
  return { log, letter, batch };
}

export function endorsements(
  log: LogBuilder,
  letter: LetterHandle,
  count: number,
  from = 0,
): SignatoryLeaf[] {
  return Array.from({ length: count }, (_, i) => log.endorse(letter, from + i));
}

export async function recountFiles(
  files: PublicFiles,
  log: LogBuilder,
  options: Partial<RecountOptions> = {},
): Promise<Report> {
  return recount(memorySource(files), { workforce: log.workforce, ...options });
}

export async function recountLog(log: LogBuilder, options: Partial<RecountOptions> = {}): Promise<Report> {
  return recountFiles(await log.files(), log, options);
}

/** `code leaf` of each failure, in the report's order. */
export function failures(report: Report): string[] {
  return report.failures.map(({ code, leaf }) => `${code} ${leaf ?? "-"}`);
}

/** The mailboxes that the only letter counts. */
export function count(report: Report): number | undefined {
  return report.letters[0]?.counted.mailbox;
}
