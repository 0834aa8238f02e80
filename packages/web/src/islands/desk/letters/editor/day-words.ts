/** What is said about a letter's days as they are typed: the weekday, how far apart they are, and what to think of. */
import { addDays, type Day, daysBetween, isDay } from "@undersigned/core";
import { longDay } from "../../../../shared/words/days.ts";
import { counted } from "../../../../shared/words/numbers.ts";

export interface DayNote {
  readonly tone: "plain" | "warning";
  readonly words: string;
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): string {
  const number = daysBetween("2000-01-02", day);
  return WEEKDAYS[((number % 7) + 7) % 7] ?? "";
}

export function dayInWords(day: Day): string {
  return `${weekdayOf(day)}, ${longDay(day)}`;
}

export interface LetterDays {
  readonly opens: string;
  readonly closes: string;
  readonly delivers: string;
}

type NotesOf = Readonly<Record<keyof LetterDays, readonly DayNote[]>>;

/** Nothing is said about a day that is not there or half typed. */
export function dayNotes({ opens, closes, delivers }: LetterDays, today: Day): NotesOf {
  return {
    opens: isDay(opens) ? [plain(dayInWords(opens)), ...openingNotes(opens, today)] : [],
    closes: isDay(closes) ? [plain(dayInWords(closes)), ...closingNotes(closes, opens, today)] : [],
    delivers: isDay(delivers) ? [plain(dayInWords(delivers)), ...deliveryNotes(delivers, closes)] : [],
  };
}

function openingNotes(opens: Day, today: Day): DayNote[] {
  if (opens < today) return [warning("This day is over. The letter can be signed once it is published.")];
  if (opens === today) return [plain("Today.")];
  return [plain(`In ${days(daysBetween(today, opens))}.`)];
}

function closingNotes(closes: Day, opens: string, today: Day): DayNote[] {
  const notes: DayNote[] = [];
  if (closes < today) notes.push(warning("This day is over: choose a later one."));
  if (isDay(opens)) {
    const open = daysBetween(opens, closes) + 1;
    if (open < 1) notes.push(warning("This is before it opens."));
    else {
      notes.push(plain(`Open for ${days(open)}.`));
      if (open < 4) notes.push(warning("That is short: few will hear of it in time."));
    }
  }
  if (isWeekend(closes)) {
    notes.push(
      warning(
        `It closes on a ${weekdayOf(closes)}. Many people sign on the last day, and on work days; ${dayInWords(mondayAfter(closes))} would be the next one.`,
      ),
    );
  }
  return notes;
}

function deliveryNotes(delivers: Day, closes: string): DayNote[] {
  const notes: DayNote[] = [];
  if (isDay(closes)) {
    const after = daysBetween(closes, delivers);
    if (after < 0) notes.push(warning("This is before it closes."));
    else if (after === 0) {
      notes.push(
        warning("The closing count is there a day after it closes (UTC): deliver it then, or later."),
      );
    } else notes.push(plain(`${days(after)} after it closes.`));
  }
  if (isWeekend(delivers)) {
    notes.push(warning(`On a ${weekdayOf(delivers)} nobody may be there to take it.`));
  }
  return notes;
}

function isWeekend(day: Day): boolean {
  return weekdayOf(day).startsWith("S");
}

function mondayAfter(day: Day): Day {
  return addDays(day, weekdayOf(day) === "Saturday" ? 2 : 1);
}

function days(count: number): string {
  return counted(count, "day", "days");
}

function plain(words: string): DayNote {
  return { tone: "plain", words };
}

function warning(words: string): DayNote {
  return { tone: "warning", words };
}
