/** On which days a letter may be closed early (decision 18). */
import { addDays, type Day, EARLY_CLOSING_NOTICE } from "@undersigned/core";

export interface ClosingSpan {
  readonly first: Day;
  readonly last: Day;
}

/**
 * Null where no day is left. The board takes the day on which the second owner agrees, which may be a later one: `first` is the
 * earliest if that happens today.
 */
export function earlyClosingSpan(today: Day, opens: Day, closes: Day): ClosingSpan | null {
  const notice = addDays(today, EARLY_CLOSING_NOTICE);
  const first = notice > opens ? notice : opens;
  const last = addDays(closes, -1);
  return first <= last ? { first, last } : null;
}
