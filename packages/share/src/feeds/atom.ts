/** Atom (RFC 4287). Titles are plain text; summaries are XHTML, the only kind of text there that can say its direction. */
import { address, type Direction, languageTag, lines, oneLine, steered } from "../text/clean-text.ts";
import { element, escaped, XML_DECLARATION } from "../text/xml.ts";
import { type Feed, type FeedEntry, momentOf, newestFirst, updatedOn } from "./feed.ts";

const ATOM = "http://www.w3.org/2005/Atom";
const XHTML = "http://www.w3.org/1999/xhtml";

/** UTF-8, `application/atom+xml`. */
export function writeAtom(feed: Feed): string {
  const { id, title, subtitle, language, direction, author, self, page, translations, entries } = feed;
  const parts = [
    element("id", {}, escaped(address(id))),
    plainText("title", title, direction),
    ...(subtitle === null ? [] : [plainText("subtitle", subtitle, direction)]),
    element("updated", {}, momentOf(updatedOn(feed))),
    element("author", {}, element("name", {}, escaped(oneLine(author)))),
    element("link", { rel: "self", type: "application/atom+xml", href: address(self) }),
    element("link", {
      rel: "alternate",
      type: "text/html",
      hreflang: languageTag(language),
      href: address(page),
    }),
    ...translations.map((other) =>
      element("link", {
        rel: "alternate",
        type: "application/atom+xml",
        hreflang: languageTag(other.language),
        href: address(other.url),
      }),
    ),
    ...newestFirst(entries).map(writeEntry),
  ];
  return `${XML_DECLARATION}${element("feed", { xmlns: ATOM, "xml:lang": languageTag(language) }, `\n${parts.join("\n")}\n`)}\n`;
}

function writeEntry({ id, day, title, summary, language, direction, url }: FeedEntry): string {
  const moment = momentOf(day);
  const parts = [
    element("id", {}, escaped(address(id))),
    plainText("title", title, direction),
    element("published", {}, moment),
    element("updated", {}, moment),
    element("link", {
      rel: "alternate",
      type: "text/html",
      hreflang: languageTag(language),
      href: address(url),
    }),
    // An entry has content or an alternate link (§4.1.2); what is told in full is the page.
    ...(summary === null ? [] : [paragraphs(summary, direction)]),
  ];
  return element("entry", { "xml:lang": languageTag(language) }, parts.join(""));
}

function plainText(name: string, text: string, direction: Direction): string {
  return element(name, { type: "text" }, escaped(steered(oneLine(text), direction)));
}

function paragraphs(text: string, direction: Direction): string {
  const each = lines(text)
    .split(/\n+/)
    .filter((line) => line.trim() !== "")
    .map((line) => element("p", {}, escaped(line)));
  return element(
    "summary",
    { type: "xhtml" },
    element("div", { xmlns: XHTML, dir: direction }, each.join("")),
  );
}
