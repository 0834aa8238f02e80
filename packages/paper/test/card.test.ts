/** Social card and badge: alike each time, whole whatever is in them, with nothing in them but a drawing. */
import { createCanvas, loadImage } from "@napi-rs/canvas";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Badge, CARD_SIZE, type Card, makeBadge, makeCard } from "../src/index.ts";

const card: Card = {
  title: "Cancel the contract",
  titleLanguage: "en",
  count: "1,234",
  unit: "signatories",
  language: "en",
  direction: "ltr",
  company: "An open letter from people who work at Example Corporation",
  host: "letters.example.com",
};
const badge: Badge = { ...card, name: "1,234 signatories: Cancel the contract" };

const TITLES: readonly (readonly [string, string, string])[] = [
  ["Arabic", "ar", "ألغوا العقد مع الوكالة"],
  ["Chinese", "zh", "取消与该机构的合同"],
  ["Hindi", "hi", "एजेंसी के साथ अनुबंध रद्द करें"],
  ["words without end", "de", "W".repeat(200)],
  ["200 letters without spaces", "zh", "取消合同".repeat(50)],
  ["emoji", "en", "👩‍👩‍👧‍👦🏳️‍🌈 🎉"],
  ["nothing", "en", ""],
  ["a program", "en", '#panic("x") "]; #read("/etc/passwd")'],
  ["markup", "en", '</title><script>alert(1)</script>"&'],
  ["controls", "en", "a\u0000b\u202ec\ud800d\ne"],
];

const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
};

/** Colours in the margin of the side at which lines end. */
async function coloursInMargin(png: Uint8Array, left: boolean): Promise<number> {
  const canvas = createCanvas(CARD_SIZE.width, CARD_SIZE.height);
  const context = canvas.getContext("2d");
  context.drawImage(await loadImage(Buffer.from(png)), 0, 0);
  const { data } = context.getImageData(left ? 0 : CARD_SIZE.width - 60, 0, 60, CARD_SIZE.height);
  return new Set(new Uint32Array(data.buffer)).size;
}

describe("a social card", () => {
  it("has the same bytes each time, and changes with its number", async () => {
    const png = Buffer.from(await makeCard(card));
    expect(png.equals(await makeCard(structuredClone(card)))).toBe(true);
    expect(png.equals(await makeCard({ ...card, count: "1,235" }))).toBe(false);
  });

  it.each(TITLES)("is a picture of its size with a title of %s", async (_, titleLanguage, title) => {
    const direction = titleLanguage === "ar" ? "rtl" : "ltr";
    const png = await makeCard({ ...card, title, titleLanguage, language: titleLanguage, direction });
    expect(Buffer.from(png.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect(sizeOf(png)).toEqual(CARD_SIZE);
    expect(png.length).toBeLessThan(300_000);
    expect(await coloursInMargin(png, direction === "rtl")).toBe(1);
  });

  it("cuts a title that is too long at a word: what comes behind changes nothing", async () => {
    const long = "word ".repeat(200);
    expect(Buffer.from(await makeCard({ ...card, title: `${long}one` }))).toEqual(
      Buffer.from(await makeCard({ ...card, title: `${long}two` })),
    );
  });

  it("does without a number", async () => {
    const unit = "A number appears when 20 have signed.";
    expect(sizeOf(await makeCard({ ...card, count: null, unit }))).toEqual(CARD_SIZE);
  });
});

describe("a badge", () => {
  it("has the same bytes each time, and changes with its number", () => {
    expect(makeBadge(badge)).toBe(makeBadge(structuredClone(badge)));
    expect(makeBadge({ ...badge, count: "1,235" })).not.toBe(makeBadge(badge));
  });

  it.each(TITLES)("is outlines alone with a title of %s", (_, titleLanguage, title) => {
    const svg = makeBadge({ ...badge, title, titleLanguage, name: title });
    const tags = new Set([...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !["svg", "title", "style", "rect", "g", "path"].includes(tag!))).toEqual(
      [],
    );
    expect(svg).not.toMatch(/href|url\(|@import| on\w+=|NaN/);
    expect(svg.length).toBeLessThan(60_000);
  });

  it("has a name that is read out, and colours for the dark", () => {
    const svg = makeBadge(badge);
    expect(svg).toContain(`role="img" aria-labelledby="n"`);
    expect(svg).toContain(`<title id="n">${badge.name}</title>`);
    expect(svg).toContain("@media(prefers-color-scheme:dark)");
  });

  it("takes any title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (title) => {
        expect(makeBadge({ ...badge, title, unit: title, name: title })).toMatch(/^<svg .*<\/svg>\n$/s);
      }),
      { numRuns: 4 },
    );
  });
});
