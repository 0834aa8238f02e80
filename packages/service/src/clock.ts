/**
 * Time as the servers see it. Whatever depends on time takes a Clock, so that tests can move it. Moments stay in
 * memory; what is written or sent is a UTC day (PROTOCOL: nothing finer than a day about a person's act).
 */
import { dayOf } from "@undersigned/core";

export { addDays, dayOf as utcDay, daysBetween } from "@undersigned/core";

export type Clock = {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** The present UTC day, `YYYY-MM-DD`: what epochs and letters go by. Follows `now` except where time is played. */
  day(): string;
};

export const systemClock: Clock = { now: () => Date.now(), day: () => dayOf(Date.now()) };

/** The present UTC day, `YYYY-MM-DD`. */
export function today(clock: Pick<Clock, "now">): string {
  return dayOf(clock.now());
}
