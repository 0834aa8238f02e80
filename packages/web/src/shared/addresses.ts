/** Where the pages are. Ids are base64url, so nothing needs escaping. */
import type { Language } from "@undersigned/messages";

/** A page's address in a language. English ones have none before them; files are the same in all languages. */
export function inLanguage(language: Language, address: string): string {
  if (language === "en") return address;
  return address === FRONT ? `/${language}` : `/${language}${address}`;
}

export const FRONT = "/";
export const LEARNS = "/who-can-learn-what";
export const RECOUNT = "/recount";
/** How a mail that somebody already has is saved. Each program has a fragment of its own. */
export const SAVING_MAIL = "/saving-a-mail";
/** The organisers' desk. What stands behind the # never reaches the server. */
export const DESK = "/desk";
/** Clears what a browser may keep of this site, then leads away. */
export const LEFT = "/left";

export function letterPage(workforce: string, letter: string): string {
  return `/w/${workforce}/letters/${letter}`;
}

/** Where a letter's page says how names are confirmed. */
export function namesPart(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}#names`;
}

/** Pages count from 1. */
export function signatoriesPage(workforce: string, letter: string, page: number): string {
  return `${letterPage(workforce, letter)}/signatories/${page}`;
}

/** Those who are shown, for spreadsheets. */
export function signatoriesFile(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}/signatories.csv`;
}

/** Of a letter that replaces another. */
export function changesPage(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}/changes`;
}

/**
 * The fragment never reaches the server: the client holds what the server shows against it. `linkKey` is the text of the key that
 * opens an unlisted letter.
 */
export function signPage(workforce: string, letter: string, linkKey: string | null = null): string {
  return `${letterPage(workforce, letter)}/sign#${workforce}${linkKey === null ? "" : `.${linkKey}`}`;
}

/** Where a letter's kept copy of a source is shown. */
export function copyPage(workforce: string, letter: string, sha256: string): string {
  return `${letterPage(workforce, letter)}/copies/${sha256}`;
}

/** A kept copy that is a page, for a frame and by itself: nothing in it runs or loads. */
export function copiedPage(workforce: string, letter: string, sha256: string): string {
  return `${copyPage(workforce, letter, sha256)}/page`;
}

export function recountPage(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}/recount#${workforce}`;
}

export function publicFile(workforce: string, path: string): string {
  return `/w/${workforce}/${path}`;
}

/** What the company supplies, as a table. */
export function registerPage(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}/register`;
}

/** One row with its history. Ids of rows need no escaping in a path. */
export function dealingPage(workforce: string, letter: string, row: string): string {
  return `${registerPage(workforce, letter)}/${row}`;
}

export function registerFile(workforce: string, letter: string, format: "csv" | "json"): string {
  return `${registerPage(workforce, letter)}.${format}`;
}

/** What happened to a letter. An event's id is a fragment of it. */
export function timelinePage(workforce: string, letter: string): string {
  return `${letterPage(workforce, letter)}/timeline`;
}

/** A letter's text in a language that it was not signed in; a tag needs no escaping. */
export function translationPage(workforce: string, letter: string, language: string): string {
  return `${letterPage(workforce, letter)}/translations/${language.toLowerCase()}`;
}

/** What happened to the board's letters. */
export const TIMELINE = "/timeline";

/** Letters of this board and of those that it follows. */
export const ELSEWHERE = "/elsewhere";

/** Files by which a board is followed. */
export const BOARD_WAYS = ["feed.atom", "feed.json", "dates.ics"] as const;
export type BoardWay = (typeof BOARD_WAYS)[number];

/** Files by which a letter is followed and passed on. */
export const LETTER_WAYS = [
  ...BOARD_WAYS,
  "card.png",
  "badge.svg",
  "embed",
  "oembed.json",
  "qr.svg",
] as const;
export type LetterWay = (typeof LETTER_WAYS)[number];

export function boardWay(way: BoardWay): string {
  return `/${way}`;
}

export function letterWay(workforce: string, letter: string, way: LetterWay): string {
  return `${letterPage(workforce, letter)}/${way}`;
}
