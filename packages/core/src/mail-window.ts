/**
 * Of which days mails count as evidence in an epoch (decision 13). Windows of two epochs have no day in common: so a
 * registrar that keeps a mail cannot use it in a later epoch, and nobody has to remember mails beyond an epoch.
 */
import { addDays, type Day } from "./day.ts";
import type { ExistingMailRules } from "./formats/evidence-rules.ts";
import type { KeyStatement } from "./formats/key-statement.ts";

/** First and last day (UTC). */
export interface MailWindow {
  readonly notBefore: Day;
  readonly notAfter: Day;
}

/** Closing days of the epochs before the one given that accepted existing mail. An epoch may be there by several statements. */
export function mailClosesBefore(
  epoch: number,
  statements: Iterable<Pick<KeyStatement, "epoch" | "closes" | "evidence">>,
): Day[] {
  return [...statements]
    .filter((of) => of.epoch < epoch && of.evidence.some(({ kind }) => kind === "existing-mail"))
    .map((of) => of.closes);
}

/**
 * The days that the manifest allows, after every day of `earlierCloses` (`mailClosesBefore`) and no later than the epoch's
 * own closing day; null where none is left.
 */
export function mailWindow(
  rules: Pick<ExistingMailRules, "notBefore" | "notAfter">,
  closes: Day,
  earlierCloses: readonly Day[],
): MailWindow | null {
  const firsts = [rules.notBefore, ...earlierCloses.map((day) => addDays(day, 1))];
  const notBefore = firsts.reduce((a, b) => (a > b ? a : b));
  const notAfter = rules.notAfter < closes ? rules.notAfter : closes;
  return notBefore > notAfter ? null : { notBefore, notAfter };
}
