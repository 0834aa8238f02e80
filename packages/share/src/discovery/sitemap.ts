/**
 * Sitemaps (sitemaps.org, protocol 0.9) with the languages of each page (`xhtml:link`). A file holds at most 50,000 pages and 50 MiB:
 * from so many on there is an index and its parts.
 */
import { addDays, type Day } from "@undersigned/core";
import type { Translation } from "../feeds/feed.ts";
import { address, languageTag } from "../text/clean-text.ts";
import { element, escaped, XML_DECLARATION } from "../text/xml.ts";

const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML = "http://www.w3.org/1999/xhtml";
const MAX_PAGES = 50_000;
/** Letters of JavaScript, of addresses in ASCII; the rest is air. */
const MAX_LENGTH = 45 * 1024 * 1024;

export interface SitemapPage {
  readonly url: string;
  /** When it last changed, where that is known. */
  readonly day: Day | null;
  /** In all its languages, its own among them; empty where there is one only. `x-default` for whoever speaks none of them. */
  readonly translations: readonly Translation[];
}

export interface SitemapFiles {
  /** The sitemap, or the index of its parts. */
  readonly first: string;
  /** Empty where one file holds all. */
  readonly parts: readonly string[];
}

/** UTF-8, `application/xml`. `partUrl` gives the address of the n-th part, from 0. At least one page. */
export function writeSitemap(
  pages: readonly SitemapPage[],
  partUrl: (index: number) => string,
  maxPages: number = MAX_PAGES,
): SitemapFiles {
  const sets: string[][] = [[]];
  let length = 0;
  for (const page of pages) {
    const written = writePage(page);
    const last = sets.at(-1)!;
    if (last.length === maxPages || (last.length > 0 && length + written.length > MAX_LENGTH)) {
      sets.push([written]);
      length = written.length;
    } else {
      last.push(written);
      length += written.length;
    }
  }
  const files = sets.map((set) =>
    document("urlset", { xmlns: SITEMAP, "xmlns:xhtml": XHTML }, set.join("\n")),
  );
  if (files.length === 1) return { first: files[0]!, parts: [] };
  const index = files.map((_, i) => element("sitemap", {}, element("loc", {}, escaped(address(partUrl(i))))));
  return { first: document("sitemapindex", { xmlns: SITEMAP }, index.join("\n")), parts: files };
}

function document(root: string, namespaces: Record<string, string>, content: string): string {
  return `${XML_DECLARATION}${element(root, namespaces, `\n${content}\n`)}\n`;
}

function writePage({ url, day, translations }: SitemapPage): string {
  const parts = [
    element("loc", {}, escaped(address(url))),
    ...(day === null ? [] : [element("lastmod", {}, addDays(day, 0))]),
    ...translations.map((other) =>
      element("xhtml:link", {
        rel: "alternate",
        hreflang: languageTag(other.language),
        href: address(other.url),
      }),
    ),
  ];
  return element("url", {}, parts.join(""));
}
