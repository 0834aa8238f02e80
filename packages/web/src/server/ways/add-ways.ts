/** Registers the files by which letters are followed and passed on, and the directory of the company that they keep. */
import type { PublicSite } from "@undersigned/board";
import { LANGUAGES, type Say } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { closed, type HttpServer, type PublicFile, ServiceError, Type } from "@undersigned/service";
import type { SitemapFiles } from "@undersigned/share";
import { boardWay, ELSEWHERE, inLanguage, LETTER_WAYS, type LetterWay } from "../../shared/addresses.ts";
import type { ClientBuild } from "../client-build.ts";
import { compressed } from "../compressed.ts";
import { createKept, type Kept } from "../kept.ts";
import { pageRoutes } from "../page-routes.ts";
import { elsewherePage } from "../pages/elsewhere-page.tsx";
import { boardDates, letterDates } from "./dates.ts";
import { createElsewhere } from "./elsewhere.ts";
import { readElsewhereView } from "./elsewhere-view.ts";
import { boardFeed, type FeedWay, letterFeed } from "./feeds.ts";
import { badgeFile, cardFile, embedFile, oembedFile, qrFile } from "./letter-files.ts";
import { createPictures, type MakePicture, type Pictures } from "./pictures.ts";
import type { PublicLetter, PublicLetters } from "./public-letter.ts";
import { makeSitemap, robotsFile, SITEMAP, sitemapFile } from "./sitemap.ts";

const letterParams = closed({ workforce: Type.String(), letter: Type.String() });
const partParams = closed({ part: Type.String() });

const LETTER_SUMMARIES: Readonly<Record<LetterWay, string>> = {
  "feed.atom": "What happens to a letter, as an Atom feed.",
  "feed.json": "What happens to a letter, as a JSON feed.",
  "dates.ics": "A letter's dates for calendars.",
  "card.png": "A letter's title and number as a picture.",
  "badge.svg": "A letter's number as a small picture.",
  embed: "A letter's number for a frame in another page.",
  "oembed.json": "How that frame is put into a page.",
  "qr.svg": "A letter's address as a QR code.",
};

export interface AddWays {
  readonly site: PublicSite;
  readonly build: ClientBuild;
  readonly letters: PublicLetters;
  /** Null where nothing makes pictures: then there are no cards and badges. */
  readonly pictures: Pictures | null;
}

export function addWays(server: HttpServer, { site, build, letters, pictures }: AddWays): void {
  const make = pictures === null ? null : createPictures(pictures);
  const feeds = createBoardFeeds(letters);
  const elsewhere = createElsewhere(site, letters);
  const keepSitemap = createKept<SitemapFiles | null>();
  const sitemap = async (part: number | null) => {
    const state = await letters.state();
    return sitemapFile(await keepSitemap(state.from, async () => makeSitemap(state.letters())), part);
  };
  for (const language of LANGUAGES) {
    const say = sayIn(language);
    for (const way of LETTER_WAYS)
      server.get(
        inLanguage(language, `/w/:workforce/letters/:letter/${way}`),
        { summary: LETTER_SUMMARIES[way], params: letterParams },
        async ({ params, acceptsGzip }) => {
          const letter = await letters.find(params);
          return packed(letter && (await letterFile(say, letters, letter, way, make)), acceptsGzip);
        },
      );
    for (const way of ["feed.atom", "feed.json"] as const)
      server.get(
        inLanguage(language, boardWay(way)),
        { summary: "What happens to the board's letters, as a feed." },
        async ({ acceptsGzip }) => packed(await feeds(say, way), acceptsGzip),
      );
    server.get(
      inLanguage(language, boardWay("dates.ics")),
      { summary: "Dates of the board's letters for calendars." },
      async ({ acceptsGzip }) => packed(boardDates(say, await letters.all()), acceptsGzip),
    );
    const summary = "Letters of this board and of those that it follows.";
    pageRoutes(server, build, language).get(ELSEWHERE, { summary }, async (frame, { query }) =>
      elsewherePage(frame, await elsewhere(), readElsewhereView(query)),
    );
  }
  server.get(SITEMAP, { summary: "All pages that are for everyone." }, async ({ acceptsGzip }) =>
    packed(await sitemap(null), acceptsGzip),
  );
  server.get(
    "/sitemap/:part",
    { summary: "A part of a large sitemap.", params: partParams },
    async ({ params, acceptsGzip }) => {
      const part = /^([1-9]\d{0,4})\.xml$/.exec(params.part)?.[1];
      return packed(part === undefined ? null : await sitemap(Number(part)), acceptsGzip);
    },
  );
  server.get("/robots.txt", { summary: "What search engines are asked to leave out." }, async () =>
    robotsFile((await letters.all())[0]?.board ?? null),
  );
}

/** One for each language and format, made of all that is told of all letters: so each is kept while nothing of that changes. */
function createBoardFeeds(letters: PublicLetters) {
  const kept = new Map<string, Kept<PublicFile | null>>();
  return async (say: Say, way: FeedWay): Promise<PublicFile | null> => {
    const name = `${say.language} ${way}`;
    const keep = kept.get(name) ?? createKept();
    kept.set(name, keep);
    const state = await letters.state();
    return await keep(state.from, async () => {
      const told = [];
      for (const of of state.letters()) told.push({ of, told: await letters.told(of) });
      return boardFeed(say, told, way);
    });
  };
}

async function letterFile(
  say: Say,
  letters: PublicLetters,
  letter: PublicLetter,
  way: LetterWay,
  make: MakePicture | null,
): Promise<PublicFile | null> {
  switch (way) {
    case "feed.atom":
    case "feed.json":
      return letterFeed(say, { of: letter, told: await letters.told(letter) }, way);
    case "dates.ics":
      return letterDates(say, letter);
    case "embed":
      return embedFile(say, letter);
    case "oembed.json":
      return oembedFile(say, letter, make !== null);
    case "qr.svg":
      return qrFile(say, letter);
    case "card.png":
      return make === null ? null : cardFile(say, letter, make);
    case "badge.svg":
      return make === null ? null : badgeFile(say, letter, make);
  }
}

/** Programs get an error instead of a page. */
async function packed(file: PublicFile | null, acceptsGzip: boolean): Promise<PublicFile> {
  if (file === null) throw new ServiceError("not-found", "There is nothing at this address.");
  return file.contentType === "image/png" ? file : compressed(file, acceptsGzip);
}
