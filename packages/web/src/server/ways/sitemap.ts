/**
 * What search engines and mirrors begin with: every page that is for everyone, in its languages. Lists of signatories are left to the
 * links that lead there: who takes back a name should not find that we had it spread.
 */
import type { Day } from "@undersigned/core";
import { LANGUAGES } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { type SitemapFiles, type SitemapPage, writeSitemap } from "@undersigned/share";
import {
  changesPage,
  ELSEWHERE,
  FRONT,
  inLanguage,
  LEARNS,
  letterPage,
  RECOUNT,
  registerPage,
  SAVING_MAIL,
  TIMELINE,
  timelinePage,
} from "../../shared/addresses.ts";
import { versionsOf } from "../load-versions.ts";
import type { PublicLetter } from "./public-letter.ts";

export const SITEMAP = "/sitemap.xml";
const FIXED = [FRONT, TIMELINE, ELSEWHERE, LEARNS, SAVING_MAIL, RECOUNT];

export function sitemapPart(part: number): string {
  return `/sitemap/${part}.xml`;
}

/** What all parts are found by, and the parts; null where the board has no letter. */
export function makeSitemap(letters: readonly PublicLetter[]): SitemapFiles | null {
  const board = letters[0]?.board;
  if (board === undefined) return null;
  const pages = [
    ...FIXED.flatMap((address) => inAllLanguages(board, address, null)),
    ...letters.flatMap((letter) => letterPages(letter)),
  ];
  return writeSitemap(pages, (index) => `${board}${sitemapPart(index + 1)}`);
}

/** Null where there is no such part. `part` counts from 1; null for what the parts are found by. */
export function sitemapFile(sitemap: SitemapFiles | null, part: number | null): PublicFile | null {
  const body = part === null ? sitemap?.first : sitemap?.parts[part - 1];
  if (body === undefined) return null;
  return { body, contentType: "application/xml; charset=utf-8", cache: "short" };
}

function letterPages({ workforce, letter, board, opened, view, tally }: PublicLetter): SitemapPage[] {
  const replaces = versionsOf(opened.view, letter).older?.manifest ?? null;
  const addresses = [
    letterPage(workforce, letter),
    timelinePage(workforce, letter),
    ...(replaces === null ? [] : [changesPage(workforce, letter)]),
    ...((view.further?.dealings.length ?? 0) === 0 ? [] : [registerPage(workforce, letter)]),
  ];
  return addresses.flatMap((address) => inAllLanguages(board, address, tally.days?.last ?? null));
}

/** Each language has an entry of its own that names all others. */
function inAllLanguages(board: string, address: string, day: Day | null): SitemapPage[] {
  const at = (language: (typeof LANGUAGES)[number]) => `${board}${inLanguage(language, address)}`;
  const translations = [
    ...LANGUAGES.map((language) => ({ language, url: at(language) })),
    { language: "x-default", url: at("en") },
  ];
  return LANGUAGES.map((language) => ({ url: at(language), day, translations }));
}

/** Nothing that is for everyone is kept from anybody; the desk is for organisers. `board` is null where there is no letter yet. */
export function robotsFile(board: string | null): PublicFile {
  const rules = ["User-agent: *", "Disallow: /desk", "Disallow: /*/desk", "Disallow: /left"];
  const lines = [...rules, ...(board === null ? [] : ["", `Sitemap: ${board}${SITEMAP}`])];
  return { body: `${lines.join("\n")}\n`, contentType: "text/plain; charset=utf-8", cache: "short" };
}
