/** The name rule by example: vectors for other implementations too, in ASCII so that what looks alike can be told apart. */
import { describe, expect, it } from "vitest";
import { checkNamePattern, checkNotedName, type NameRule, nameFits, suggestName } from "../src/name-rule.ts";
import vectors from "./vectors/names.json" with { type: "json" };

type Row = { pattern: string; order: NameRule["order"]; mailbox: string };
const { patterns, noted } = vectors;
const fits = vectors.fits as (Row & { why: string; name: string; fits: boolean })[];
const suggestions = vectors.suggestions as (Row & { name: string | null })[];

describe("a pattern", () => {
  it.each(patterns)("$pattern, dots removed: $dots, is allowed: $allowed", ({ pattern, dots, allowed }) => {
    expect(checkNamePattern(pattern, dots) === null).toBe(allowed);
  });

  it.each([
    ["{given}+{family}", /^a pattern of \{given\} or \{g\}, and/],
    ["{given}{g}", /at most once/],
    ["{g}{f}", /in full/],
    ["{given}.{family}", /without dots/],
  ])("%s is refused with what is wrong, where dots are removed", (pattern, expected) => {
    expect(checkNamePattern(pattern, true)).toMatch(expected);
  });
});

describe("a name", () => {
  it.each(fits)("$name is $mailbox by $pattern ($why): $fits", ({ name, mailbox, pattern, order, fits }) => {
    expect(nameFits(name, mailbox, { pattern, order })).toBe(fits);
  });
});

describe("a mailbox", () => {
  it.each(suggestions)("$mailbox by $pattern suggests $name", ({ mailbox, pattern, order, name }) => {
    expect(suggestName(mailbox, { pattern, order })).toBe(name);
    if (name !== null) expect(nameFits(name, mailbox, { pattern, order })).toBe(true);
  });
});

describe("a registrar's note", () => {
  it.each(noted)("of a name with $why is allowed: $allowed", ({ name, allowed }) => {
    expect(checkNotedName(name) === null).toBe(allowed);
  });

  it.each([
    ["Sample Person 2", "text without digits"],
    ["- .", "text with a letter in it"],
    ["Sample Пример", "text in letters of one script"],
    ["Sam\u200bple", "text without invisible characters"],
    ["Sam\ufe0fple", "text without invisible characters"],
    ["Ｓample", "text without ligatures and letters of special widths or styles"],
    ["Sample, Chief", "text of letters with nothing but spaces, full stops, apostrophes and hyphens between"],
  ])("of %s is refused with what is wrong", (name, expected) => {
    expect(checkNotedName(name)).toBe(expected);
  });
});
