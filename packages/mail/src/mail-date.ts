/** The Date field (RFC 5322 section 3.3), of the obsolete zones only GMT and UT; the finest that comes of it is a day. */
import { type Day, dayOf, isDay } from "@undersigned/core";
import { MailError } from "./errors.ts";
import { unfold } from "./header.ts";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Weekday, day, month, year, hour, minute, second, zone; then a comment, which names the zone in old mail. */
const DATE_TIME =
  /^(?:([A-Z][a-z]{2}), ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60))? (?:([+-])(0\d|1[0-4])([0-5]\d)|GMT|UT)(?: \([A-Za-z0-9 +:-]*\))?$/;

/** The UTC day of a Date field's value. Throws MailError `date-malformed`, also for a weekday that the date does not have. */
export function readMailDay(value: string): Day {
  const match = DATE_TIME.exec(unfold(value));
  if (match === null) throw new MailError("date-malformed");
  const [, weekday, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const monthNumber = MONTHS.indexOf(month!) + 1;
  const written = `${year}-${String(monthNumber).padStart(2, "0")}-${day!.padStart(2, "0")}`;
  if (!isDay(written)) throw new MailError("date-malformed");
  const midnight = Date.parse(written);
  if (weekday !== undefined && WEEKDAYS[new Date(midnight).getUTCDay()] !== weekday) {
    throw new MailError("date-malformed");
  }
  const zone = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === "-" ? -1 : 1);
  const seconds = (Number(hour) * 60 + Number(minute) - zone) * 60 + Number(second ?? 0);
  return dayOf(midnight + seconds * 1000);
}
