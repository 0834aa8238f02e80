/** What a page's head says to programs: where it is followed, and what others show beside a link to it. Addresses for others are absolute. */
import { type Language, numberWords, plain, type Say } from "@undersigned/messages";
import { boardWay, FRONT, letterPage, letterWay } from "../../shared/addresses.ts";
import type { Ways } from "../html.tsx";
import { absoluteAt, hostOf } from "./absolute.ts";
import { countWords } from "./count-words.ts";
import { CARD_SIZE } from "./pictures.ts";
import type { PassedOn } from "./public-letter.ts";

const ATOM = "application/atom+xml";
const JSON_FEED = "application/feed+json";
const CALENDAR = "text/calendar";
const OEMBED = "application/json+oembed";

/** Open Graph names languages with a country. */
const LOCALES: Readonly<Record<Language, string>> = {
  en: "en_GB",
  es: "es_ES",
  fr: "fr_FR",
  de: "de_DE",
  ar: "ar_AR",
  zh: "zh_CN",
};

export function letterWays(say: Say, letter: PassedOn, pictures: boolean): Ways {
  const { workforce, letter: id, board, tally } = letter;
  const at = absoluteAt(board, say);
  const { title, name } = countWords(say, letter);
  const file = (way: Parameters<typeof letterWay>[2]) => letterWay(workforce, id, way);
  const description = plain(numberWords(say, tally));
  const card = at(file("card.png"));
  return {
    links: [
      { type: ATOM, href: file("feed.atom"), title: say("ways.feed-letter") },
      { type: JSON_FEED, href: file("feed.json"), title: say("ways.feed-letter") },
      { type: CALENDAR, href: file("dates.ics"), title: say("ways.dates") },
      { type: OEMBED, href: file("oembed.json"), title },
    ],
    metas: [
      ["description", description],
      ["og:type", "article"],
      ["og:title", title],
      ["og:description", description],
      ["og:url", at(letterPage(workforce, id))],
      ["og:site_name", hostOf(board)],
      ["og:locale", LOCALES[say.language]],
      ["twitter:card", pictures ? "summary_large_image" : "summary"],
      ["twitter:title", title],
      ["twitter:description", description],
      ...(pictures
        ? ([
            ["og:image", card],
            ["og:image:type", "image/png"],
            ["og:image:width", String(CARD_SIZE.width)],
            ["og:image:height", String(CARD_SIZE.height)],
            ["og:image:alt", name],
            ["twitter:image", card],
            ["twitter:image:alt", name],
          ] as const)
        : []),
    ],
  };
}

/** Null where there is no letter that can be followed. */
export function boardWays(say: Say, letters: readonly PassedOn[]): Ways | null {
  const [first] = letters;
  if (first === undefined) return null;
  const title = say("ways.board-title", { host: hostOf(first.board) });
  return {
    links: [
      { type: ATOM, href: boardWay("feed.atom"), title: say("ways.feed-board") },
      { type: JSON_FEED, href: boardWay("feed.json"), title: say("ways.feed-board") },
      { type: CALENDAR, href: boardWay("dates.ics"), title },
    ],
    metas: [
      ["og:type", "website"],
      ["og:title", title],
      ["og:url", absoluteAt(first.board, say)(FRONT)],
      ["og:locale", LOCALES[say.language]],
      ["twitter:card", "summary"],
    ],
  };
}
