/** Sitemaps: held against the protocol, by our schema and by the XSD of sitemaps.org that an npm package brings. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../src/check/index.ts";
import { type SitemapPage, writeSitemap } from "../src/index.ts";
import { HOSTILE_TEXTS, samplePages } from "./samples.ts";

/** The XSD knows no element of other languages: those are taken out. */
function officialProblems(text: string): string[] {
  const entry = createRequire(import.meta.url).resolve("sitemap");
  const xsd = readFileSync(join(dirname(entry), "../../schema/sitemap.xsd"), "utf8");
  using schema = XmlDocument.fromString(xsd);
  using validator = XsdValidator.fromDoc(schema);
  using file = XmlDocument.fromString(text.replaceAll(/<xhtml:link [^>]*>/g, ""));
  try {
    validator.validate(file);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

const pagesOf = (count: number): SitemapPage[] =>
  Array.from({ length: count }, (_, i) => ({
    url: `https://letters.example.com/${i}`,
    day: null,
    translations: [],
  }));
const part = (index: number) => `https://letters.example.com/sitemap-${index}.xml`;

describe("a sitemap", () => {
  it("is valid by both schemas, and the same bytes each time", () => {
    const { first, parts } = writeSitemap(samplePages, part);
    expect(formatProblems("sitemap", first)).toEqual([]);
    expect(officialProblems(first)).toEqual([]);
    expect(parts).toEqual([]);
    expect(first).toBe(writeSitemap(structuredClone(samplePages), part).first);
  });

  it("is refused by the XSD where it is wrong", () => {
    expect(officialProblems(writeSitemap(samplePages, part).first.replaceAll("loc>", "lock>"))).not.toEqual(
      [],
    );
  });

  it("names each page in all its languages", () => {
    const { first } = writeSitemap(samplePages, part);
    expect(first.match(/hreflang="[^"]*"/g)).toEqual([
      'hreflang="en"',
      'hreflang="zh"',
      'hreflang="x-default"',
    ]);
  });

  it("is an index and its parts where one file would hold too many pages", () => {
    const { first, parts } = writeSitemap(pagesOf(7), part, 3);
    expect(parts.map((text) => text.match(/<url>/g)?.length)).toEqual([3, 3, 1]);
    expect(parts.flatMap((text) => formatProblems("sitemap", text))).toEqual([]);
    expect(formatProblems("sitemap", first)).toEqual([]);
    expect(first.match(/<loc>[^<]*/g)).toEqual([0, 1, 2].map((i) => `<loc>${part(i)}`));
  });

  it("has 50,000 pages in a file at most", () => {
    expect(writeSitemap(pagesOf(50_000), part).parts).toHaveLength(0);
    expect(writeSitemap(pagesOf(50_001), part).parts).toHaveLength(2);
  });

  it("is valid whatever an address holds", () => {
    const check = (text: string) => {
      const url = `https://letters.example.com/${text.slice(0, 200)}`;
      const { first } = writeSitemap([{ url, day: null, translations: [{ language: text, url }] }], part);
      expect(formatProblems("sitemap", first)).toEqual([]);
    };
    for (const text of HOSTILE_TEXTS) check(text);
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 30 }), check), { numRuns: 60 });
  });
});
