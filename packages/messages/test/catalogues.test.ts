/** What the build relies on: that a catalogue which lacks something, or takes something else, is found. */
import { describe, expect, it } from "vitest";
import { type Catalogues, checkArea, namesOf } from "../src/check.ts";
import { LANGUAGES } from "../src/languages.ts";
import { listAreas, readCatalogue, sayIn } from "../src/node.ts";

function sample(change: Partial<Record<string, Record<string, string>>> = {}): Catalogues {
  const plural = "{n, plural, one {# day} other {# days}} of {who}";
  const arabic = "{n, plural, zero {#} one {#} two {#} few {#} many {#} other {#}} {who}";
  return {
    en: { "a.b": plural },
    es: { "a.b": plural },
    fr: { "a.b": plural },
    de: { "a.b": plural },
    ar: { "a.b": arabic },
    zh: { "a.b": "{n, plural, other {#}} {who}" },
    ...change,
  } as Catalogues;
}

it("of every area are whole in every language", () => {
  for (const area of listAreas()) {
    const read = LANGUAGES.map((language) => [language, readCatalogue(area, language)]);
    expect(checkArea(area, Object.fromEntries(read) as Catalogues)).toEqual([]);
  }
});

describe("a catalogue is refused", () => {
  it.each([
    ["that lacks a message", { de: {} }, "a/de.json: a.b is missing"],
    ["that has one more", { de: { ...sample().de, "a.c": "x" } }, "a.c is not in the English catalogue"],
    ["whose message takes another name", { de: { "a.b": "{n, plural, one {#} other {#}} {whom}" } }, "takes"],
    ["whose message leaves a name out", { de: { "a.b": "{who}" } }, "takes who (value), not n (number)"],
    ["without a plural that its language has", { ar: sample().en }, "{n} has no zero, two, few, many"],
    ["whose message is none", { fr: { "a.b": "{n, plural, one {#}" } }, "a/fr.json: a.b: "],
    ["whose key is of another area", { en: { "z.b": "x" } }, "does not begin with a."],
    ["with an empty message", { zh: { "a.b": " " } }, "is empty"],
  ])("%s", (_, change, line) => {
    expect(checkArea("a", sample()).concat()).toEqual([]);
    expect(checkArea("a", sample(change as never)).join("\n")).toContain(line);
  });
});

it("knows what a message takes, tags and branches too", () => {
  expect([...namesOf("{a} <b>{c, number}</b> {d, select, x {{e}} other {}} {c}")]).toEqual([
    ["a", "value"],
    ["b", "tag"],
    ["c", "number"],
    ["d", "select"],
    ["e", "value"],
  ]);
  expect(() => namesOf("{a, number} <a>x</a>")).toThrow("in two ways");
  expect(() => namesOf("{a, date}")).toThrow("Days are values");
});

describe("a sentence", () => {
  it("keeps days, others' text and what a page has made apart, and joins the rest", () => {
    const say = sayIn("en");
    const words = say.rich("words.headcount", {
      employer: { foreign: "Example <b>Corp" },
      count: 4800,
      source: [{ foreign: "a" }, "-b"],
      day: say.day("2026-11-03"),
    });
    expect(words).toEqual([
      { foreign: "Example <b>Corp" },
      " has about 4,800 employees (source: ",
      { foreign: "a" },
      "-b, ",
      { day: "2026-11-03", text: "3 November 2026" },
      ").",
    ]);
  });

  it("writes numbers with Latin digits in every language", () => {
    for (const language of LANGUAGES) {
      const say = sayIn(language);
      expect(say.number(1234567).replace(/\D/gu, "")).toBe("1234567");
      expect(say.day("2026-11-03").text).toMatch(/2026/);
    }
  });

  it("throws where a value or the message is missing", () => {
    const say = sayIn("en") as unknown as (key: string, values?: object) => string;
    expect(() => say("words.unit", {})).toThrow();
    expect(() => say("words.nothing")).toThrow("no message");
    expect(sayIn("en").known("words.nothing")).toBeNull();
  });
});
