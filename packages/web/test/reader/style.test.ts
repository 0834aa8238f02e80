import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../src/styles");
const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
const all = files.map(([, css]) => css).join("\n");
/** The desk's own comes besides, and to organisers only. */
const ofAllPages = files
  .filter(([name]) => name !== "desk.css")
  .map(([, css]) => css)
  .join("\n");
const withoutComments = all.replace(/\/\*.*?\*\//gs, "");

type Tokens = ReadonlyMap<string, string>;

function tokensOf(block: string): Tokens {
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

const tokensFile = files.find(([name]) => name === "tokens.css")![1];
const [lightBlock = "", darkBlock = ""] = tokensFile.split("@media (prefers-color-scheme: dark)");
const schemes = { light: tokensOf(lightBlock), dark: tokensOf(darkBlock) };

/** WCAG 2.2: relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(tokens: Tokens, a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map((name) => luminance(tokens.get(name)!)).sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(schemes))("in the %s scheme", (_, tokens) => {
  test("text has a contrast of 7 to 1, fine print of 4.5 to 1 or more", () => {
    for (const ground of ["paper", "raised", "sunken"]) {
      expect(contrast(tokens, "text", ground), ground).toBeGreaterThanOrEqual(7);
      for (const text of ["muted", "accent", "bad"]) {
        expect(contrast(tokens, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const wash of ["accent", "good", "warning", "bad"]) {
      expect(contrast(tokens, "text", `${wash}-wash`), wash).toBeGreaterThanOrEqual(7);
      expect(contrast(tokens, wash, `${wash}-wash`), wash).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(tokens, "on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });

  test("edges of controls and the focus ring have a contrast of 3 to 1", () => {
    for (const ground of ["paper", "raised", "sunken"]) {
      expect(contrast(tokens, "edge", ground), ground).toBeGreaterThanOrEqual(3);
      expect(contrast(tokens, "accent", ground), ground).toBeGreaterThanOrEqual(3);
    }
  });
});

test("both schemes have the same colours to choose", () => {
  expect([...schemes.dark.keys()]).toEqual([...schemes.light.keys()]);
});

test("everything works in both directions: no left, right, top, bottom, width or height", () => {
  const physical =
    /(?<![a-z-])(?:(?:margin|padding|border|inset|scroll-padding|scroll-margin)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:/g;
  const outsideQueries = withoutComments.replace(/@media[^{]*/g, "");
  expect(outsideQueries.match(physical) ?? []).toEqual([]);
  expect(outsideQueries.match(/(?:text-align|float|clear):\s*(?:left|right)/g) ?? []).toEqual([]);
});

test("nothing is fetched from anywhere", () => {
  expect(withoutComments).not.toMatch(/url\(|@font-face|image-set|https?:\/\//);
  const imports = [...withoutComments.matchAll(/@import "([^"]+)"/g)].map(([, name]) => name);
  expect(imports.every((name) => files.some(([file]) => `./${file}` === name))).toBe(true);
  // The entries: that of all pages, and that of the desk.
  expect(imports).toHaveLength(files.length - 2);
});

test("colours stand in the tokens, and on paper, alone", () => {
  for (const [name, css] of files) {
    if (name === "tokens.css" || name === "print.css") continue;
    expect(css.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi) ?? [], name).toEqual([]);
  }
});

test("what browsers get on every page is under 17 KB", () => {
  const smaller = ofAllPages
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};:,>]) ?/g, "$1");
  expect(Buffer.byteLength(smaller)).toBeLessThan(17_000);
});

test.each([
  "button",
  "field",
  "choice",
  "notice",
  "progress",
  "words",
  "card",
  "steps",
  "visually-hidden",
  "actions",
  "preview",
  "leave",
])("the class .%s is there and documented", (name) => {
  expect(withoutComments).toMatch(new RegExp(`\\.${name}\\b`));
  expect(files.find(([file]) => file === "style.css")![1]).toContain(`.${name}`);
});
