/** What a board is started with draws what its pages ask for. */
import { expect, test } from "vitest";
import { pictures } from "../src/pictures.ts";

const WORDS = {
  title: "Stop the trial",
  titleLanguage: "en",
  titleDirection: "ltr",
  language: "ar",
  direction: "rtl",
  count: "1,234",
  unit: "موقّع",
  name: "1,234 موقّع: Stop the trial",
  note: "حتى 3 مارس 2026.",
  company: "من أشخاص يعملون لدى Example Works",
  host: "board.example.com",
} as const;

test("a card as PNG and a badge as SVG that says its name", async () => {
  const card = await pictures.card(WORDS);
  expect(Buffer.from(card.subarray(0, 8)).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
  expect(card.length).toBeLessThan(300_000);
  const badge = await pictures.badge(WORDS);
  expect(badge).toContain(`<title id="n">${WORDS.name}</title>`);
});
