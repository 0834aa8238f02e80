/** The next day on which endorsements of a class may come out (PROTOCOL §4, rule 5). */
import { addDays, type BatchRule, type Day, daysBetween, type EndorsementClass } from "@undersigned/core";

export interface Releasing {
  readonly opens: Day;
  /** The last day, moved or not. */
  readonly closes: Day;
  readonly batch: BatchRule;
  readonly closed: boolean;
}

/** The first one after `today`; after the last day it is that of closing. Null once the letter is closed. */
export function nextRelease(of: Releasing, cls: EndorsementClass, today: Day): Day | null {
  if (of.closed) return null;
  const { every } = of.batch.classes[cls];
  const passed = Math.max(0, daysBetween(of.opens, today));
  const next = addDays(of.opens, (Math.floor(passed / every) + 1) * every);
  if (next <= of.closes) return next;
  const closing = addDays(of.closes, 1);
  return closing > today ? closing : addDays(today, 1);
}
