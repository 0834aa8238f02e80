/** Days as people write them. All days are UTC days. */
import type { Day } from "@undersigned/core";
import type { Word, Words } from "./words.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly date: string;
}

function partsOf(day: Day): Parts {
  const [year = "", month = "", date = ""] = day.split("-");
  return { year, month: MONTHS[Number(month) - 1] ?? "", date: String(Number(date)) };
}

/** `3 November 2026`. */
export function longDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${date} ${month} ${year}`;
}

export function dayWord(day: Day): Word {
  return { day, text: longDay(day) };
}

/** `on 3 November 2026`, or `between 3 and 20 November 2026`: what both days share is said once. */
export function between(from: Day, to: Day): Words {
  if (from === to) return ["on ", dayWord(from)];
  const [a, b] = [partsOf(from), partsOf(to)];
  const year = a.year === b.year ? "" : ` ${a.year}`;
  const month = a.year === b.year && a.month === b.month ? "" : ` ${a.month}`;
  return ["between ", { day: from, text: `${a.date}${month}${year}` }, " and ", dayWord(to)];
}
