/** Every text of the letter's PDF, as tools that are not ours read it: letter for letter, in every script. */
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeLetterDocument } from "../src/index.ts";
import { operationsOf } from "../src/pdf/content.ts";
import { PdfFile } from "../src/pdf/pdf-file.ts";
import { withReadableText } from "../src/pdf/readable-text.ts";
import { nameIn, SCRIPTS } from "./names-of-scripts.ts";
import { ask, picturesOf, rawTextOf, textOf, withTools } from "./pdf-tools.ts";
import { ALL_NAMES, sampleDocument, shown } from "./sample-document.ts";

/** What has gone wrong, or might. */
const HARD = {
  "vowel signs below": "কৃষ্ণ কুমার",
  "a raised tone mark": "น้ำฝน ปั้นแต่ง",
  "a syllable twice": "กี่กี่ กี่กี่",
  "a subscript letter by itself": "ণ্ণন্ধ",
  "a subscript letter behind a joiner": "ক্লপধিবৃ",
  "a joiner between letters": "گل‌های می‌روم",
  "letters that share a glyph": "علاء صلاح",
  "vowel marks on every letter": "مُحَمَّدٌ عَلِيٌّ",
  "letters far from each other": "حححآک بنوگل",
  "points, one at the end": "מֹשֶׁה בֶּן־דֻּגְמָה אוֹתְךָ",
  "a point alone on a letter": "בְ",
  "a sign behind a text from right to left": "مثال!",
  "a mark that stands by itself": "c̈́a̱ d̄",
  subscripts: "ភ្នំពេញ ខ្មែរ",
  "what PDF is written in": "र्कि) Tj ET (EMC] >> BDC",
};

function withNames(names: readonly string[]): Uint8Array {
  const people = { confirmed: [], given: names.map((name) => shown(name)), roles: [] };
  return makeLetterDocument(
    sampleDocument({ manifest: { body: "Please.", demands: [], supplement: null }, mailbox: people }),
  ).pdf;
}

function notRead(text: string, names: readonly string[]): string[] {
  const lines = new Set(text.split("\n").map((line) => line.trim()));
  return names.filter((name) => !lines.has(name.normalize("NFC")));
}

afterEach(() => vi.doUnmock("../src/pdf/readable-text.ts"));

describe("a name", () => {
  const all = [...Object.values(HARD), ...ALL_NAMES];
  const pdf = withNames(all);

  withTools(`with ${Object.keys(HARD).join(", or ")} is read letter for letter`, () => {
    expect(notRead(textOf(pdf), all)).toEqual([]);
  });

  withTools("is read so in the order in which it is drawn, where its words may be lines", () => {
    const words = rawTextOf(pdf).split(/\s+/).join(" ");
    for (const name of all) expect(` ${words} `).toContain(` ${name.normalize("NFC")} `);
  });

  withTools("of any script is read letter for letter", () => {
    const each = fc.tuple(
      ...SCRIPTS.map((script) => fc.array(nameIn(script), { minLength: 4, maxLength: 4 })),
    );
    const property = fc.property(each, (names) => {
      expect(notRead(textOf(withNames(names.flat())), names.flat())).toEqual([]);
    });
    fc.assert(property, { numRuns: 2, endOnFailure: true });
  });

  withTools("of any script is read so where all others run from right to left", () => {
    const around = Array.from({ length: 60 }, (_, i) => `عبدالله النموذج ${"ا".repeat(i % 5)}`.trim());
    const names = ["น้ำฝน ปั้นแต่ง", "ชู้", "কৃষ্ণ কু", "ဒှေဟျ့", "Sample (Jr)", "בְ"];
    expect(notRead(textOf(withNames([...around, ...names])), names)).toEqual([]);
  });
});

describe("a text of organisers", () => {
  withTools("is read letter for letter: title, paragraphs, demands", () => {
    const lines = Object.values(HARD).filter((text) => !text.includes("BDC"));
    const long = Array.from({ length: 12 }, () => "कृष्ण श्रेष्ठ लक्ष्मी की पुस्तकें").join(" ");
    const [title = "", ...others] = lines;
    const demands = others.map((text, i) => ({
      id: `d-${i}`,
      title: text,
      text: `${text} ${text}`,
      met: text,
    }));
    const body = `${lines.join("\n\n")}\n\n${long}`;
    const pdf = makeLetterDocument(sampleDocument({ manifest: { title, body, demands } })).pdf;
    const text = textOf(pdf);
    expect(notRead(text, [...lines, ...others.map((one, i) => `${i + 1}. ${one}`).slice(0, 1)])).toEqual([]);
    expect(text.replace(/\s+/g, " ")).toContain(long.normalize("NFC"));
  });

  withTools("is read whole where a long word was broken", () => {
    const word = "Donaudampfschifffahrtsgesellschaft".repeat(4);
    const pdf = makeLetterDocument(sampleDocument({ manifest: { body: word } })).pdf;
    expect(textOf(pdf)).not.toContain("\u200b");
    expect(textOf(pdf).replace(/\n/g, "")).toContain(word);
  });
});

describe("the PDF", () => {
  withTools("looks as the typesetter made it, to the last point, and is as sound", async () => {
    vi.doMock("../src/pdf/readable-text.ts", () => ({ withReadableText: (pdf: Uint8Array) => pdf }));
    vi.resetModules();
    const { makeLetterDocument: makePlain } = await import("../src/index.ts");
    const data = sampleDocument({
      mailbox: { confirmed: [...Object.values(HARD), ...ALL_NAMES].map((name) => shown(name)) },
    });
    const plain = makePlain(data).pdf;
    const { pdf } = makeLetterDocument(data);
    expect(Buffer.from(withReadableText(plain)).equals(pdf)).toBe(true);
    expect(Buffer.from(plain).equals(pdf)).toBe(false);
    expect(picturesOf(pdf).equals(picturesOf(plain))).toBe(true);
    expect(ask("qpdf", pdf, ["--check", "{}"])).toContain("No syntax or stream encoding errors found");
  });

  it("has strings of any bytes, written in either way", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 30 }), (any) => {
      const bytes = Buffer.from(any).toString("latin1");
      const content = `(${bytes.replace(/[\\()]/g, "\\$&")}) Tj [<${Buffer.from(any).toString("hex")}> -2.5] TJ`;
      expect(operationsOf(content).map(({ operator, operands }) => [operator, ...operands])).toEqual([
        ["Tj", { bytes }],
        ["TJ", "[", { bytes }, -2.5, "]"],
      ]);
    });
    fc.assert(property);
    expect(operationsOf("(a(b)\\051\\n\\\nc) Tj")[0]!.operands).toEqual([{ bytes: "a(b))\nc" }]);
  });

  it("is refused where it is not as the typesetter writes it", () => {
    for (const text of ["", "%PDF-1.7\n", "%PDF-1.7\nstartxref\n9\n%%EOF"]) {
      expect(() => new PdfFile(new TextEncoder().encode(text))).toThrow();
    }
  });
});
