/**
 * Days: the finest unit of time that any format holds (PROTOCOL §1). UTC, proleptic Gregorian, 2000 to 9999.
 */
import { CoreError } from "./errors.ts";

const MS_PER_DAY = 86_400_000;
const PATTERN = /^([2-9]\d{3})-(\d{2})-(\d{2})$/;

/** A UTC day, `YYYY-MM-DD`. */
export type Day = string;

/** Whether the text is a real date in the one accepted spelling. */
export function isDay(text: string): boolean {
  const match = PATTERN.exec(text);
  if (match === null) return false;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().slice(0, 10) === text;
}

/** The UTC day that contains a moment given in milliseconds since 1970. */
export function dayOf(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Days since 1970-01-01. Throws `bad-field` for anything but a day. */
export function dayNumber(day: Day): number {
  if (!isDay(day)) throw new CoreError("bad-field", "This is not a day of the form YYYY-MM-DD.");
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MS_PER_DAY
  );
}

/** The day that lies `count` days later, or earlier if `count` is negative. */
export function addDays(day: Day, count: number): Day {
  return dayOf((dayNumber(day) + count) * MS_PER_DAY);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}
