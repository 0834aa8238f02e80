/**
 * Whether a file is iCalendar (RFC 5545), which has a grammar and no schema: lines and their folding (§3.1), parameters (§3.2), what a
 * calendar and an event must have (§3.6), days and texts (§3.3). Of other components and of times it knows nothing: we write none.
 */
import { isDay } from "@undersigned/core";

interface ContentLine {
  readonly name: string;
  readonly params: string;
  readonly value: string;
}

const CONTENT_LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*))*):([^\n\r]*)$/u;
const TEXT = /^(?:[^\\;,]|\\[\\;,Nn])*$/u;
const TEXTS: ReadonlySet<string> = new Set(["SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "UID"]);
const ONCE = {
  VCALENDAR: ["PRODID", "VERSION"],
  VEVENT: ["UID", "DTSTAMP", "DTSTART"],
} as const;
const AT_MOST_ONCE: ReadonlySet<string> = new Set([
  "CALSCALE",
  "METHOD",
  "DTEND",
  "SUMMARY",
  "DESCRIPTION",
  "URL",
  "TRANSP",
  "LAST-MODIFIED",
]);

export function calendarProblems(text: string): string[] {
  if (!text.endsWith("\r\n")) return ["The last line has no end (§3.1)."];
  const physical = text.slice(0, -2).split("\r\n");
  const problems = physical.flatMap((line) => [
    ...(Buffer.byteLength(line) > 75 ? ["A line has more than 75 octets (§3.1)."] : []),
    ...(/(?!\t)\p{Cc}|\p{Cs}/u.test(line) ? ["A line has a control character (§3.1)."] : []),
  ]);
  if (problems.length > 0) return [...new Set(problems)];
  const lines: ContentLine[] = [];
  for (const line of physical
    .join("\r\n")
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n")) {
    const [, name, params = "", value = ""] = CONTENT_LINE.exec(line) ?? [];
    if (name === undefined) return ["A line is no content line (§3.1)."];
    lines.push({ name: name.toUpperCase(), params, value });
  }
  return componentProblems(lines);
}

function componentProblems(lines: readonly ContentLine[]): string[] {
  const inside = lines.slice(1, -1);
  if (!isMark(lines[0], "BEGIN", "VCALENDAR") || !isMark(lines.at(-1), "END", "VCALENDAR"))
    return ["The file is no calendar (§3.4)."];
  const calendar: ContentLine[] = [];
  const events: ContentLine[][] = [];
  let event: ContentLine[] | null = null;
  for (const line of inside) {
    if (line.name === "BEGIN" || line.name === "END") {
      if ((line.name === "BEGIN") !== (event === null) || line.value !== "VEVENT")
        return ["A component begins or ends where none may (§3.6)."];
      if (event !== null) events.push(event);
      event = line.name === "BEGIN" ? [] : null;
    } else if (event !== null) event.push(line);
    else if (events.length > 0) return ["A property of the calendar stands behind an event (§3.4)."];
    else calendar.push(line);
  }
  if (event !== null) return ["An event does not end (§3.6)."];
  if (events.length === 0) return ["There is no event (§3.4)."];
  const ids = events.map((lines) => lines.find(({ name }) => name === "UID")?.value);
  return [
    ...propertyProblems("VCALENDAR", calendar),
    ...(propertyOf(calendar, "VERSION") === "2.0" ? [] : ["The version is not 2.0 (§3.7.4)."]),
    ...events.flatMap((lines) => [...propertyProblems("VEVENT", lines), ...dayProblems(lines)]),
    ...(new Set(ids).size < ids.length ? ["Two events have the same id (§3.8.4.7)."] : []),
  ];
}

function propertyProblems(component: keyof typeof ONCE, lines: readonly ContentLine[]): string[] {
  const times = (name: string) => lines.filter((line) => line.name === name).length;
  return [
    ...ONCE[component].filter((name) => times(name) !== 1).map((name) => `${name} is not there once (§3.6).`),
    ...[...AT_MOST_ONCE].filter((name) => times(name) > 1).map((name) => `${name} is there twice (§3.6).`),
    ...lines
      .filter(({ name, value }) => TEXTS.has(name) && !TEXT.test(value))
      .map(({ name }) => `${name} is no text (§3.3.11).`),
    ...lines
      .filter(({ name, value }) => name === "URL" && !URL.canParse(value))
      .map(() => "URL is no address (§3.3.13)."),
  ];
}

function dayProblems(event: readonly ContentLine[]): string[] {
  const [start, end] = ["DTSTART", "DTEND"].map((name) => event.find((line) => line.name === name));
  const days = [start, end].filter((line) => line !== undefined);
  if (!days.every(({ params, value }) => params === ";VALUE=DATE" && dayOf(value) !== null))
    return ["DTSTART or DTEND is no day (§3.3.4)."];
  const stamp = propertyOf(event, "DTSTAMP");
  return [
    ...(end !== undefined && start !== undefined && end.value <= start.value
      ? ["An event ends before it begins (§3.8.2.2)."]
      : []),
    ...(/^\d{8}T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ$/.test(stamp) && dayOf(stamp.slice(0, 8)) !== null
      ? []
      : ["DTSTAMP is no moment in UTC (§3.8.7.2)."]),
  ];
}

function dayOf(basic: string): string | null {
  const day = basic.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  return isDay(day) ? day : null;
}

function isMark(line: ContentLine | undefined, name: string, value: string): boolean {
  return line?.name === name && line.value === value;
}

function propertyOf(lines: readonly ContentLine[], name: string): string {
  return lines.find((line) => line.name === name)?.value ?? "";
}
