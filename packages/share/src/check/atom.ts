/** What RFC 4287 demands of a feed and its grammar cannot say: authors, ids, and where an entry leads. */
import type { XmlDocument, XmlElement } from "libxml2-wasm";

const NAMES = { atom: "http://www.w3.org/2005/Atom" };

const RULES: readonly (readonly [problem: string, found: string])[] = [
  [
    "An entry has no author, and neither has its feed (§4.1.1).",
    "/atom:feed[not(atom:author)]/atom:entry[not(atom:author or atom:source/atom:author)]",
  ],
  ["A feed has no link to itself (§4.1.1).", '/atom:feed[not(atom:link[@rel="self"])]'],
  [
    "An entry without content has no alternate link (§4.1.2).",
    '//atom:entry[not(atom:content) and not(atom:link[@rel="alternate" or not(@rel)])]',
  ],
  ["An id is no address (§4.2.6).", '//atom:id[not(contains(., ":")) or normalize-space(.) != string(.)]'],
];

export function atomRules(feed: XmlDocument): string[] {
  const problems = RULES.filter(([, found]) => feed.find(found, NAMES).length > 0).map(
    ([problem]) => problem,
  );
  const ids = feed.find("/atom:feed/atom:entry/atom:id", NAMES).map((id) => id.content);
  if (new Set(ids).size < ids.length) problems.push("Two entries have the same id (§4.1.2).");
  for (const parent of feed.find("/atom:feed | //atom:entry", NAMES)) {
    const kinds = parent
      .find('atom:link[@rel="alternate"]', NAMES)
      .map((link) => `${attribute(link as XmlElement, "type")} ${attribute(link as XmlElement, "hreflang")}`);
    if (new Set(kinds).size < kinds.length)
      problems.push("Two alternate links have the same type and language (§4.1.1, §4.1.2).");
  }
  return problems;
}

function attribute(element: XmlElement, name: string): string {
  return element.attr(name)?.content ?? "";
}
