/** What is said about a letter's days as they are typed: the weekday, how far apart they are, and what to think of. */
import { addDays, type Day, daysBetween, isDay } from "@undersigned/core";
import { MANNERS } from "@undersigned/messages";
import { say } from "../../../say.ts";

export interface DayNote {
  readonly tone: "plain" | "warning";
  readonly words: string;
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): string {
  const { locale } = MANNERS[say.language];
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** From Sunday, 0, to Saturday, 6. */
function numberOf(day: Day): number {
  const number = daysBetween("2000-01-02", day);
  return ((number % 7) + 7) % 7;
}

export function dayInWords(day: Day): string {
  return say("desk.weekday-and-day", { weekday: weekdayOf(day), day: say.day(day) });
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
  if (opens < today) return [warning(say("desk-writing.this-day-is-over-the"))];
  if (opens === today) return [plain(say("desk-writing.today"))];
  return [plain(say("desk-writing.in-days", { count: daysBetween(today, opens) }))];
}

function closingNotes(closes: Day, opens: string, today: Day): DayNote[] {
  const notes: DayNote[] = [];
  if (closes < today) notes.push(warning(say("desk-writing.this-day-is-over-choose")));
  if (isDay(opens)) {
    const open = daysBetween(opens, closes) + 1;
    if (open < 1) notes.push(warning(say("desk-writing.this-is-before-it-opens")));
    else {
      notes.push(plain(say("desk-writing.open-for-days", { count: open })));
      if (open < 4) notes.push(warning(say("desk-writing.that-is-short-few-will")));
    }
  }
  if (isWeekend(closes)) {
    notes.push(
      warning(
        say("desk-writing.closes-on-weekend", {
          weekday: weekdayOf(closes),
          day: dayInWords(mondayAfter(closes)),
        }),
      ),
    );
  }
  return notes;
}

function deliveryNotes(delivers: Day, closes: string): DayNote[] {
  const notes: DayNote[] = [];
  if (isDay(closes)) {
    const after = daysBetween(closes, delivers);
    if (after < 0) notes.push(warning(say("desk-writing.this-is-before-it-closes")));
    else if (after === 0) {
      notes.push(warning(say("desk-writing.the-closing-count-is-there")));
    } else notes.push(plain(say("desk-writing.days-after-closing", { count: after })));
  }
  if (isWeekend(delivers)) {
    notes.push(warning(say("desk-writing.delivered-on-weekend", { weekday: weekdayOf(delivers) })));
  }
  return notes;
}

function isWeekend(day: Day): boolean {
  return [0, 6].includes(numberOf(day));
}

function mondayAfter(day: Day): Day {
  return addDays(day, numberOf(day) === 6 ? 2 : 1);
}

function plain(words: string): DayNote {
  return { tone: "plain", words };
}

function warning(words: string): DayNote {
  return { tone: "warning", words };
}
