/**
 * What of the page around the text depends on it: the heading, and the ways on to signing and recounting, which take the link
 * along. The window's title stays what it was, since browsers keep titles.
 */

import type { LetterManifest } from "@undersigned/core";
import { inLanguage, letterPage } from "../../shared/addresses.ts";
import { directionOf } from "../../shared/words/direction.ts";
import type { PageLink } from "../page-link.ts";
import { say } from "../say.ts";

export function dressPage(document: Document, manifest: LetterManifest, link: PageLink): void {
  const heading = document.querySelector<HTMLElement>("h1 bdi");
  if (heading !== null) {
    heading.textContent = manifest.title;
    heading.lang = manifest.language;
    heading.dir = directionOf(manifest.language);
  }
  const own = inLanguage(say.language, letterPage(link.workforce, link.letter));
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>("main a[href]")) {
    if (anchor.origin !== document.location.origin) continue;
    if (![`${own}/sign`, `${own}/recount`].includes(anchor.pathname)) continue;
    anchor.hash = `#${link.workforce}.${link.linkKey}`;
  }
}
