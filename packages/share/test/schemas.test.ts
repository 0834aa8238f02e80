/** The schemas themselves: each refuses what breaks one rule of its format, so that "valid" means something. */
import { describe, expect, it } from "vitest";
import { type CheckedFormat, formatProblems } from "../src/check/index.ts";
import { writeAtom, writeCalendar, writeJsonFeed, writeOembed, writeSitemap } from "../src/index.ts";
import { sampleCalendar, sampleEmbedding, sampleFeed, samplePages } from "./samples.ts";

const VALID: Readonly<Record<CheckedFormat, string>> = {
  atom: writeAtom(sampleFeed()),
  "json-feed": writeJsonFeed(sampleFeed()),
  calendar: writeCalendar(sampleCalendar()),
  sitemap: writeSitemap(samplePages, String).first,
  oembed: writeOembed(sampleEmbedding),
};

/** What is broken: found, and put in its place. */
const BROKEN: readonly (readonly [CheckedFormat, string, RegExp, string])[] = [
  ["atom", "no id", /<id>[^<]*<\/id>/, ""],
  ["atom", "no title", /<title.*?<\/title>/, ""],
  ["atom", "no time of its last change", /<updated>.*?<\/updated>/, ""],
  ["atom", "a day for a time", /T00:00:00Z/, ""],
  ["atom", "no author at all", /<author>.*?<\/author>/, ""],
  ["atom", "no link to itself", /rel="self"/, 'rel="related"'],
  ["atom", "an entry that leads nowhere", /(<entry.*?)<link [^>]*>/, "$1"],
  ["atom", "two entries with one id", /event-2<\/id>/, "event-3</id>"],
  ["atom", "an element of its own invention", /<author>/, "<sponsor/><author>"],
  ["atom", "markup in a plain title", /Cancel the/, "Cancel <b>the</b>"],
  ["atom", "a language that is none", /xml:lang="en"/, 'xml:lang="not a language"'],
  ["atom", "XHTML outside of its div", /<\/div><\/summary>/, "</div>x<p/></summary>"],
  ["atom", "an ampersand by itself", /Cancel the/, "Cancel & the"],
  ["json-feed", "no version", /"version"/, '"_version"'],
  ["json-feed", "the version of another format", /version\/1.1/, "version/1"],
  ["json-feed", "an item without id", /"id"/, '"ID"'],
  ["json-feed", "an item without content", /"content_text"/, '"_content_text"'],
  ["json-feed", "a day for a time", /T00:00:00Z/, ""],
  ["json-feed", "a link that is none", /"url": "https:/, '"url": "'],
  ["json-feed", "a number for an id", /"id": "[^"]*"/, '"id": 3'],
  ["json-feed", "an item that JSON cannot hold", /"title"/, "title"],
  ["calendar", "no UID", /UID:.*\r\n/, ""],
  ["calendar", "no DTSTAMP", /DTSTAMP:.*\r\n/, ""],
  ["calendar", "no PRODID", /PRODID:.*\r\n/, ""],
  ["calendar", "two summaries", /(SUMMARY.*\r\n)/, "$1$1"],
  ["calendar", "another version", /VERSION:2.0/, "VERSION:1.0"],
  ["calendar", "lines that end as on Unix", /\r\n/g, "\n"],
  ["calendar", "a line of 76 octets", /Last day to sign/, "x".repeat(55) + "é".repeat(2)],
  ["calendar", "a comma by itself", /Dates of “Cancel\\,/, "Dates of “Cancel,"],
  ["calendar", "a day that there is not", /DTSTART;VALUE=DATE:20261231/, "DTSTART;VALUE=DATE:20261232"],
  ["calendar", "an end before its beginning", /DTEND;VALUE=DATE:20270101/, "DTEND;VALUE=DATE:20261231"],
  ["calendar", "an event that does not end", /END:VEVENT\r\n/, ""],
  ["calendar", "no event", /BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/, ""],
  ["calendar", "a text that became a line", /TRANSP/, "said so\r\nTRANSP"],
  ["sitemap", "a page without address", /<loc>.*?<\/loc>/, ""],
  ["sitemap", "a time that is none", /2026-11-03/, "3 November"],
  ["sitemap", "an address without scheme", /<loc>https:\/\//, "<loc>"],
  ["sitemap", "a language without address", / href="[^"]*"/, ""],
  ["sitemap", "an element of its own invention", /<loc>/, "<title/><loc>"],
  ["sitemap", "the format of another year", /sitemap\/0.9/, "sitemap/0.8"],
  ["oembed", "no version", /"version": "1.0",/, ""],
  ["oembed", "another version", /"1.0"/, '"2.0"'],
  ["oembed", "a rich thing without markup", /"html"/, '"_html"'],
  ["oembed", "no width", /\n {2}"width"/, '\n  "_width"'],
  ["oembed", "a picture of unknown size", /"thumbnail_width"/, '"_thumbnail_width"'],
  ["oembed", "a link that is none", /"provider_url": "https:/, '"provider_url": "'],
];

describe("a check of formats", () => {
  it.each(Object.entries(VALID))("accepts a sample of %s", (format, text) => {
    expect(formatProblems(format as CheckedFormat, text)).toEqual([]);
  });

  it.each(BROKEN)("refuses as %s: %s", (format, _, found, instead) => {
    const broken = VALID[format].replace(found, instead);
    expect(broken).not.toBe(VALID[format]);
    expect(formatProblems(format, broken)).not.toEqual([]);
  });

  it("reads no file that an entity names", () => {
    const file = VALID.atom
      .replace("<feed", '<!DOCTYPE feed [<!ENTITY e SYSTEM "file:///etc/hostname">]><feed')
      .replace("Cancel the contract", "&e;");
    expect(formatProblems("atom", file).join()).not.toMatch(/hostname/);
  });
});
