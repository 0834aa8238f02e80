/** Feeds of a letter and of a board: what the timelines show, for those who follow. */
import type { Day } from "@undersigned/core";
import { LANGUAGES, type Say } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { PublicFile } from "@undersigned/service";
import { type Feed, type FeedEntry, writeAtom, writeJsonFeed } from "@undersigned/share";
import { boardWay, letterWay, TIMELINE, timelinePage } from "../../shared/addresses.ts";
import type { FollowedLetterData } from "../followed/load-followed.ts";
import type { TimelineEvent } from "../followed/timeline.ts";
import { eventWords } from "../words/timeline.ts";
import { absoluteAt, hostOf } from "./absolute.ts";
import type { PublicLetter } from "./public-letter.ts";

export type FeedWay = "feed.atom" | "feed.json";
export interface ToldLetter {
  readonly of: PublicLetter;
  readonly told: FollowedLetterData;
}

/** What a reader that comes daily can have missed; the timeline has all. */
const ENTRIES = 200;
const TYPES: Readonly<Record<FeedWay, string>> = {
  "feed.atom": "application/atom+xml; charset=utf-8",
  "feed.json": "application/feed+json; charset=utf-8",
};

export function letterFeed(say: Say, { of, told }: ToldLetter, way: FeedWay): PublicFile {
  const { workforce, letter, board, manifest } = of;
  const entries = told.timeline.map((event) => entryOf(say, of, event, null));
  return written(say, way, {
    board,
    title: manifest.title,
    subtitle: say("ways.feed-letter"),
    address: (name) => letterWay(workforce, letter, name),
    page: timelinePage(workforce, letter),
    begun: begunOf([of]),
    entries,
  });
}

/** Null where the board has no letter. Days decide; what is of one day stays in the order of the letters. */
export function boardFeed(say: Say, letters: readonly ToldLetter[], way: FeedWay): PublicFile | null {
  const [first] = letters;
  if (first === undefined) return null;
  const { board } = first.of;
  const entries = letters
    .flatMap(({ of, told }) => told.timeline.map((event) => entryOf(say, of, event, of.manifest.title)))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return written(say, way, {
    board,
    title: say("ways.board-title", { host: hostOf(board) }),
    subtitle: say("ways.feed-board"),
    address: boardWay,
    page: TIMELINE,
    begun: begunOf(letters.map(({ of }) => of)),
    entries,
  });
}

interface FeedOf {
  readonly board: string;
  readonly title: string;
  readonly subtitle: string;
  readonly address: (way: FeedWay) => string;
  readonly page: string;
  readonly begun: Day;
  readonly entries: readonly FeedEntry[];
}

function written(say: Say, way: FeedWay, of: FeedOf): PublicFile {
  const { board, title, subtitle, address, page, begun, entries } = of;
  const at = absoluteAt(board, say);
  const feed: Feed = {
    // One for both formats, and in each language its own.
    id: at(address("feed.atom")),
    title,
    subtitle,
    language: say.language,
    direction: say.direction,
    author: hostOf(board),
    self: at(address(way)),
    page: at(page),
    translations: LANGUAGES.filter((language) => language !== say.language).map((language) => ({
      language,
      url: absoluteAt(board, sayIn(language))(address(way)),
    })),
    begun,
    entries: entries.slice(-ENTRIES),
  };
  const body = way === "feed.atom" ? writeAtom(feed) : writeJsonFeed(feed);
  return { body, contentType: TYPES[way], cache: "short" };
}

/** `letter`: its title, where the feed is not the letter's own. */
function entryOf(
  say: Say,
  { workforce, letter: id, board }: PublicLetter,
  event: TimelineEvent,
  letter: string | null,
): FeedEntry {
  const { title, summary } = eventWords(say, event);
  const url = `${absoluteAt(board, say)(timelinePage(workforce, id))}#${event.id}`;
  return {
    id: url,
    url,
    day: event.day,
    title: letter === null ? title : say("ways.of-letter", { letter, event: title }),
    summary,
    language: say.language,
    direction: say.direction,
  };
}

/** When the log began to speak of them: an epoch opens before its letters, and in the past. */
function begunOf(letters: readonly PublicLetter[]): Day {
  return letters.map(({ view }) => view.epoch.leaf.opens).reduce((a, b) => (a < b ? a : b));
}
