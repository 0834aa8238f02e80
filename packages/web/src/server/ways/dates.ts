/** Days of letters for calendars: those that people wait for. What has happened since is in the feeds. */
import type { Day } from "@undersigned/core";
import type { Say } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { type CalendarDate, writeCalendar } from "@undersigned/share";
import { FRONT, letterPage } from "../../shared/addresses.ts";
import { absoluteAt, hostOf } from "./absolute.ts";
import type { PublicLetter } from "./public-letter.ts";

const CALENDAR = "text/calendar; charset=utf-8";

export function letterDates(say: Say, letter: PublicLetter): PublicFile {
  const page = letterPage(letter.workforce, letter.letter);
  return written(say, letter.board, say("ways.dates"), page, datesOf(say, letter));
}

/** Null where the board has no letter. */
export function boardDates(say: Say, letters: readonly PublicLetter[]): PublicFile | null {
  const [first] = letters;
  if (first === undefined) return null;
  const title = say("ways.dates-board", { host: hostOf(first.board) });
  const dates = letters.flatMap((letter) => datesOf(say, letter));
  return written(say, first.board, title, FRONT, dates);
}

function written(
  say: Say,
  board: string,
  title: string,
  page: string,
  dates: readonly CalendarDate[],
): PublicFile {
  const { language, direction } = say;
  const body = writeCalendar({ title, language, direction, page: absoluteAt(board, say)(page), dates });
  return { body, contentType: CALENDAR, cache: "short" };
}

function datesOf(say: Say, { workforce, letter: id, board, manifest, view }: PublicLetter): CalendarDate[] {
  const letter = manifest.title;
  const { leaf, closes, earlyClosing, epoch, further } = view;
  const logged = epoch.leaf.opens;
  const date = (name: string, day: Day, title: string, stated: Day): CalendarDate => ({
    id: `${id}.${name}@${hostOf(board)}`,
    day,
    title,
    summary: null,
    language: say.language,
    direction: say.direction,
    url: absoluteAt(board, say)(letterPage(workforce, id)),
    stated,
  });
  const standing = new Map(further?.judgements.map((judged) => [judged.record.demand, judged]));
  return [
    date("opens", leaf.opens, say("ways.date-opens", { letter }), logged),
    date("closes", closes, say("ways.date-closes", { letter }), earlyClosing?.leaf.day ?? logged),
    date("delivers", manifest.delivers, say("ways.date-delivers", { letter }), logged),
    ...manifest.demands.flatMap((demand) => {
      const judged = standing.get(demand.id);
      const until = judged?.record.until ?? null;
      if (judged === undefined || until === null) return [];
      const title = say("ways.date-promised", { demand: demand.title, letter });
      return date(`promised-${demand.id}`, until, title, judged.leaf.day);
    }),
  ];
}
