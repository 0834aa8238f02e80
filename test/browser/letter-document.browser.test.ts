/**
 * Shaping: the same names in the same fonts, set by Typst in the letter's PDF and by Chromium on a page. Each must come out as wide
 * as the other: joined letters, ligatures, marks and their order all change widths.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { makeLetterDocument } from "@undersigned/paper";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wordsOf } from "../../packages/paper/test/pdf-tools.ts";
import { sampleDocument, shown } from "../../packages/paper/test/sample-document.ts";
import { launchBrowser } from "./kit/chromium.ts";

/** Single words, so that each is one box. */
const WORDS: Readonly<Record<string, readonly [package_: string, words: readonly string[]]>> = {
  Latin: ["noto-sans/400Regular/NotoSans", ["Nguyễn", "Łukasz", "Çelik", "office"]],
  Arabic: [
    "ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic",
    ["عبدالله", "ليلى", "پروین", "النموذج", "المثال"],
  ],
  Hebrew: ["noto-sans-hebrew/400Regular/NotoSansHebrew", ["לדוגמה", "בן־דוגמה"]],
  Devanagari: ["noto-sans-devanagari/400Regular/NotoSansDevanagari", ["प्रिया", "श्रेष्ठ", "लक्ष्मी", "उदाहरण"]],
  Bengali: ["noto-sans-bengali/400Regular/NotoSansBengali", ["রাহেলা"]],
  Tamil: ["noto-sans-tamil/400Regular/NotoSansTamil", ["மாதிரி", "கமலா"]],
  Thai: ["noto-sans-thai/400Regular/NotoSansThai", ["สมชาย", "ตัวอย่าง"]],
  Chinese: ["noto-sans-sc/400Regular/NotoSansSC", ["王小样", "李例文"]],
  Japanese: ["noto-sans-jp/400Regular/NotoSansJP", ["れいぶん", "タロウ"]],
  Korean: ["noto-sans-kr/400Regular/NotoSansKR", ["김보기", "이예시"]],
};
/** Of names in the document, in points (document/template.ts). */
const SIZE = 9;

/** In no order: boxes hold the letters of a word from right to left as they stand on the page. */
function lettersOf(word: string): string {
  return Array.from(word.normalize("NFC")).sort().join("");
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function widthsInBrowser(file: string, words: readonly string[]): Promise<number[]> {
  const require = createRequire(new URL("../../packages/paper/src/index.ts", import.meta.url));
  const font = readFileSync(require.resolve(`@expo-google-fonts/${file}_400Regular.ttf`)).toString("base64");
  const page = await browser.newPage();
  try {
    await page.setContent(`<!doctype html><style>
      @font-face { font-family: same; src: url(data:font/ttf;base64,${font}) }
      bdi { font: 900px same; white-space: nowrap }</style>${words.map((word) => `<p><bdi>${word}</bdi>`).join("")}`);
    return await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.querySelectorAll("bdi")].map((box) => box.getBoundingClientRect().width);
    });
  } finally {
    await page.close();
  }
}

describe("names in the letter's PDF are as wide as in a browser", () => {
  const all = Object.values(WORDS).flatMap(([, words]) => words);
  const { pdf } = makeLetterDocument(
    sampleDocument({ mailbox: { confirmed: [], given: all.map((word) => shown(word)) } }),
  );
  const boxes = wordsOf(pdf);

  it.each(Object.entries(WORDS))("in %s", async (_, [file, words]) => {
    const widths = await widthsInBrowser(file, words);
    for (const [i, word] of words.entries()) {
      const box = boxes.find(({ text }) => lettersOf(text) === lettersOf(word));
      expect(box, word).toBeDefined();
      const ratio = (box!.right - box!.left) / SIZE / (widths[i]! / 900);
      expect(Math.abs(ratio - 1), `${word}: ${ratio}`).toBeLessThan(0.01);
    }
  });
});
