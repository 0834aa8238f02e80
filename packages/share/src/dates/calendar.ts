/**
 * Dates as iCalendar (RFC 5545, with the names of RFC 7986): days without a time, so that a phone shows the same day everywhere.
 * Written here, since the kept library leaves names unescaped and folds by letters instead of octets (decision 34).
 */
import { addDays, type Day } from "@undersigned/core";
import { address, type Direction, languageTag, lines, oneLine, steered } from "../text/clean-text.ts";

export interface Calendar {
  readonly title: string;
  readonly language: string;
  readonly direction: Direction;
  /** The page that shows the same to people. */
  readonly page: string;
  /** At least one: a calendar of none is no file of the format (§3.4). */
  readonly dates: readonly CalendarDate[];
}

export interface CalendarDate {
  /** Never changes, though the day may; no other date has it (§3.8.4.7). ASCII. */
  readonly id: string;
  readonly day: Day;
  readonly title: string;
  /** May have lines. */
  readonly summary: string | null;
  readonly language: string;
  readonly direction: Direction;
  readonly url: string;
  /** The day on which this was last said: the log's, never that of writing the file. */
  readonly stated: Day;
}

/** UTF-8, `text/calendar`. Dates that are moved keep their id; what is read again daily needs no more. */
export function writeCalendar({ title, language, direction, page, dates }: Calendar): string {
  const name = escapedText(steered(oneLine(title), direction));
  const content = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Undersigned//Dates of a letter//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME;LANGUAGE=${languageTag(language)}:${name}`,
    `X-WR-CALNAME:${name}`,
    `URL:${address(page)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    "X-PUBLISHED-TTL:P1D",
    ...dates.flatMap(writeDate),
    "END:VCALENDAR",
  ];
  return content.map((line) => `${folded(line)}\r\n`).join("");
}

function writeDate({ id, day, title, summary, language, direction, url, stated }: CalendarDate): string[] {
  const stamp = `${basic(stated)}T000000Z`;
  return [
    "BEGIN:VEVENT",
    `UID:${escapedText(oneLine(id))}`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `DTSTART;VALUE=DATE:${basic(day)}`,
    `DTEND;VALUE=DATE:${basic(addDays(day, 1))}`,
    `SUMMARY;LANGUAGE=${languageTag(language)}:${escapedText(steered(oneLine(title), direction))}`,
    ...(summary === null
      ? []
      : [`DESCRIPTION;LANGUAGE=${languageTag(language)}:${escapedText(steered(lines(summary), direction))}`]),
    `URL:${address(url)}`,
    // A date of a letter takes nobody's time.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** `20261103`. Throws `bad-field` of CoreError where it is no day. */
function basic(day: Day): string {
  return addDays(day, 0).replaceAll("-", "");
}

/** §3.3.11. A tab is the only control character that is left. */
function escapedText(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** §3.1: no line has more than 75 octets besides its end, and no character is cut in two. */
function folded(line: string): string {
  let out = "";
  let octets = 0;
  for (const char of line) {
    const size = octetsOf(char.codePointAt(0)!);
    if (octets + size > 75) {
      out += "\r\n ";
      octets = 1;
    }
    out += char;
    octets += size;
  }
  return out;
}

function octetsOf(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x1_0000 ? 3 : 4;
}
