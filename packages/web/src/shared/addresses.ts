/** Where the pages are. Ids are base64url, so nothing needs escaping. */
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
