/** Feeds: held against their schemas, and read by a program that knows nothing of us. */
import { parseFeed } from "@rowanmanning/feed-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../src/check/index.ts";
import { type Feed, writeAtom, writeJsonFeed } from "../src/index.ts";
import { HOSTILE_TEXTS, sampleEntry, sampleFeed } from "./samples.ts";

const FORMATS = [
  ["atom", writeAtom],
  ["json-feed", writeJsonFeed],
] as const;

/** One text in every place that holds one. */
function feedOf(text: string, direction: "ltr" | "rtl" = "ltr"): Feed {
  return sampleFeed({
    title: text,
    subtitle: text,
    author: text,
    language: text,
    direction,
    self: text === "" ? "https://letters.example.com/feed" : `https://letters.example.com/${text}`,
    entries: [
      sampleEntry(1, { title: text, summary: text, language: text, direction }),
      sampleEntry(2, { summary: null }),
    ],
  });
}

describe.each(FORMATS)("a feed as %s", (format, write) => {
  it("is valid, and the same bytes each time", () => {
    expect(formatProblems(format, write(sampleFeed()))).toEqual([]);
    expect(write(sampleFeed())).toBe(write(structuredClone(sampleFeed())));
  });

  it("is valid without any entry, and says then when it began", () => {
    const written = write(sampleFeed({ entries: [], subtitle: null, translations: [] }));
    expect(formatProblems(format, written)).toEqual([]);
    if (format === "atom") expect(written).toContain("<updated>2026-11-03T00:00:00Z</updated>");
  });

  it.each(HOSTILE_TEXTS.map((text, i) => [i, text]))("is valid whatever a text does (%i)", (_, text) => {
    expect(formatProblems(format, write(feedOf(text, "rtl")))).toEqual([]);
  });

  it("is valid with any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(formatProblems(format, write(feedOf(text)))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("has what came last first, and of one day what was said last first", () => {
    const entries = [sampleEntry(1), sampleEntry(5), sampleEntry(3), sampleEntry(4, { day: "2026-11-06" })];
    const order = [
      ...write(sampleFeed({ entries })).matchAll(/"id": "[^"]*event-(\d)"|<entry[^>]*><id>[^<]*event-(\d)/g),
    ];
    expect(order.map(([, json, atom]) => Number(json ?? atom))).toEqual([5, 4, 3, 1]);
  });

  it("has no time but the beginning of days", () => {
    const times = write(sampleFeed()).match(/T\d\d:\d\d[^<"]*/g);
    expect(new Set(times)).toEqual(new Set(["T00:00:00Z"]));
  });

  it("refuses what is no day", () => {
    expect(() => write(sampleFeed({ entries: [sampleEntry(1, { day: "2026-11-31" })] }))).toThrow();
  });

  it("lets no text turn around what stands beside it", () => {
    const written = write(feedOf("a\u202eb\u2066c"));
    expect(written).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(written).toContain("a\ufffdb\ufffdc");
  });
});

describe("a feed as others read it", () => {
  it.each([
    "]]>",
    "<script>alert(1)</script>",
    "</title></feed><!--",
    '" onload="alert(1)',
    "Fish & chips",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "取消合同",
    "x".repeat(10_000),
  ])("has the title that it was given: %#", (title) => {
    const read = parseFeed(writeAtom(sampleFeed({ entries: [sampleEntry(1, { title })] })));
    expect(read.items[0]?.title).toBe(title);
  });

  it("leads to the page, and knows its entries again", () => {
    const read = parseFeed(writeAtom(sampleFeed()));
    expect(read.title).toBe("Cancel the contract");
    expect(read.language).toBe("en");
    expect(read.items.map(({ id }) => id)).toEqual([3, 2, 1].map((n) => sampleEntry(n).id));
    expect(read.items[0]?.url).toBe(sampleEntry(3).url);
    expect(read.items[0]?.published?.toISOString()).toBe("2026-11-06T00:00:00.000Z");
  });
});

describe("a line in a format without directions", () => {
  it.each([
    ["Arabic that begins with a Latin word", "IBM تلغي العقد", "rtl", "\u200f"],
    ["a number alone, in Arabic", "1,234", "rtl", "\u200f"],
    ["English that begins with an Arabic word", "كفاية, they said", "ltr", "\u200e"],
    ["plain Arabic", "إلغاء العقد", "rtl", ""],
    ["plain English", "Cancel the contract", "ltr", ""],
  ] as const)("is steered where it must be: %s", (_, title, direction, mark) => {
    const items = JSON.parse(
      writeJsonFeed(sampleFeed({ entries: [sampleEntry(1, { title, direction })] })),
    ).items;
    expect(items[0].title).toBe(`${mark}${title}`);
  });
});
