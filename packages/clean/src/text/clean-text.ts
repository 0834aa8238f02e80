/** Finds all that a text gives away, and mends what can be mended without asking. */
import { CleanError } from "../errors.ts";
import { type Mending, TEXT_KINDS, type TextFinding, type TextKind } from "./finding.ts";
import { findInvisible } from "./invisible.ts";
import { findLookalikes } from "./lookalike.ts";
import { findRawHtml, findRemoteImages } from "./markup.ts";
import { findFilePaths, findMailAddresses } from "./personal.ts";
import { findTrackedLinks } from "./tracked-link.ts";

/** In UTF-16 code units. */
export const TEXT_MOST = 1_000_000;

const FINDERS: Readonly<Record<TextKind, (text: string) => Mending[]>> = {
  invisible: findInvisible,
  lookalike: findLookalikes,
  "tracked-link": findTrackedLinks,
  "remote-image": findRemoteImages,
  "raw-html": findRawHtml,
  "mail-address": findMailAddresses,
  "file-path": findFilePaths,
};

/** In the order of their beginnings; two may overlap. Throws `text-too-long` beyond 1,000,000 UTF-16 code units. */
export function inspectText(text: string): TextFinding[] {
  if (text.length > TEXT_MOST) throw new CleanError("text-too-long");
  return TEXT_KINDS.flatMap((kind) => FINDERS[kind](text))
    .map(({ instead, ...found }) => ({ ...found, mends: instead !== null }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The text with every finding of these kinds mended that can be; of all kinds if none are named. What it returns has none
 * left to mend. Throws `text-too-long`.
 */
export function cleanText(text: string, kinds: readonly TextKind[] = TEXT_KINDS): string {
  if (text.length > TEXT_MOST) throw new CleanError("text-too-long");
  let at = text;
  // What is gone can bring together what it held apart, so that something new is found.
  for (let before: string | null = null; before !== at; ) {
    before = at;
    for (const kind of TEXT_KINDS) if (kinds.includes(kind)) at = mendAll(at, FINDERS[kind](at));
  }
  return at;
}

/** What `cleanText` would mend first, in order and none over another. For texts that are kept in pieces. Throws `text-too-long`. */
export function mendsOf(
  text: string,
  kinds: readonly TextKind[],
): (Mending & { readonly instead: string })[] {
  if (text.length > TEXT_MOST) throw new CleanError("text-too-long");
  let from = 0;
  return kinds
    .flatMap((kind) => FINDERS[kind](text))
    .sort((a, b) => a.start - b.start)
    .filter((one): one is Mending & { readonly instead: string } => {
      const isNext = one.instead !== null && one.start >= from;
      if (isNext) from = one.end;
      return isNext;
    });
}

function mendAll(text: string, found: readonly Mending[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, instead } of [...found].sort((a, b) => a.start - b.start)) {
    if (instead === null || start < from) continue;
    pieces.push(text.slice(from, start), instead);
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}
