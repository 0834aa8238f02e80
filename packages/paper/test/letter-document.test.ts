/** The letter's PDF, looked at with tools that are not ours. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeLetterDocument, PaperError } from "../src/index.ts";
import { ask, objectsOf, textOf, unpacked, withTools } from "./pdf-tools.ts";
import { ALL_NAMES, NAMES, sampleDocument, shown } from "./sample-document.ts";

const VOUCHED = { given: [shown("Sample Colleague")], anonymous: 20 };
const made = makeLetterDocument(sampleDocument({ vouched: VOUCHED }));
const squeezed = (text: string) => text.replace(/\s+/g, " ");

describe("the letter's document", () => {
  withTools("is sound for qpdf, and has the pages that it says", () => {
    expect(ask("qpdf", made.pdf, ["--check", "{}"])).toContain("No syntax or stream encoding errors found");
    expect(ask("pdfinfo", made.pdf, ["{}"])).toMatch(new RegExp(`^Pages:\\s+${made.pages}$`, "m"));
  });

  withTools("is tagged, says that it is accessible, and in which language it is", () => {
    const arabic = sampleDocument({ manifest: { language: "ar-EG", title: "ألغوا العقد" } });
    for (const [pdf, language] of [
      [made.pdf, "en"],
      [makeLetterDocument(arabic).pdf, "ar"],
    ] as const) {
      expect(ask("pdfinfo", pdf, ["{}"])).toMatch(/^Tagged:\s+yes$/m);
      expect(unpacked(pdf)).toContain("<pdfuaid:part>1</pdfuaid:part>");
      expect(objectsOf(pdf).find((object) => object["/Type"] === "/Catalog")?.["/Lang"]).toBe(
        `u:${language}`,
      );
    }
    const tags = new Set(objectsOf(made.pdf).map((object) => object["/S"]));
    for (const tag of [
      "/H1",
      "/H2",
      "/H3",
      "/P",
      "/L",
      "/LI",
      "/BlockQuote",
      "/Table",
      "/TH",
      "/Link",
      "/Figure",
    ])
      expect(tags).toContain(tag);
  });

  withTools("has its title, and an outline of its parts", () => {
    expect(ask("pdfinfo", made.pdf, ["{}"])).toMatch(/^Title:\s+Cancel the contract with the agency$/m);
    const titles = objectsOf(made.pdf)
      .filter((object) => object["/Title"] !== undefined && object["/Dest"] !== undefined)
      .map((object) => String(object["/Title"]).replace(/^u:/, ""));
    for (const part of [
      "Demands",
      "Signatories",
      "By name, confirmed",
      "How to check this number",
      "What is known",
    ])
      expect(titles).toContain(part);
  });

  withTools("names no day of its making, no author and nobody's program but the typesetter", () => {
    const info = ask("pdfinfo", made.pdf, ["{}"]);
    expect(info).not.toMatch(/CreationDate|ModDate|Author|Producer|Keywords|Subject/);
    expect(info).toMatch(/^Creator:\s+Typst [\d.]+$/m);
    expect(unpacked(made.pdf)).not.toMatch(/xmp:CreateDate|xmp:ModifyDate|dc:creator|\/Author/);
    expect(unpacked(made.pdf)).not.toContain(process.cwd());
  });

  withTools("holds all of its fonts, none of them the system's", () => {
    const fonts = ask("pdffonts", made.pdf, ["{}"]).split("\n").slice(2, -1);
    expect(fonts.length).toBeGreaterThan(12);
    expect(fonts.filter((font) => font.startsWith("[none]"))).toHaveLength(1);
    for (const font of fonts.filter((one) => !one.startsWith("[none]"))) {
      expect(font).toMatch(/^[A-Z]{6}\+(?:NotoSans|NotoEmoji|IBMPlexSansArabic)/);
      expect(font).toMatch(/yes yes yes\s+\d+\s+\d+\s*$/);
    }
  });

  withTools.each(Object.entries(NAMES))("lets every name in %s be found, letter for letter", (_, names) => {
    const lines = textOf(made.pdf)
      .split("\n")
      .map((line) => line.trim());
    for (const name of names) expect(lines).toContain(name.normalize("NFC"));
  });

  withTools("says what the letter's page says", () => {
    const text = squeezed(textOf(made.pdf));
    for (const part of [
      "To The chief executive, Example Works",
      "From 885 employees of Example Works",
      "885 signatories proved a work mailbox at example.com between 1 March and 30 April 2026.",
      "Example Works has about 14,000 employees (source: Annual report 2025, 31 January 2026).",
      "3 more have withdrawn and are not counted.",
      "Closed on 1 May 2026.",
      "2. Say what was sold",
      "Met when The list is public.",
      "These names were confirmed by work mailbox.",
      "Nobody has checked the names.",
      "Engineer × 212",
      "and 640 who remain anonymous",
      "Vouched for by colleagues, and not in the number",
      "and 20 who remain anonymous",
      "2 of these 3 registrars checked each signatory:",
      "One dishonest registrar could not invent a signatory who never enrolled.",
      "The agency has bought the service since 2024.",
      "https://gazette.example.com/notices/2026/1234567",
      "1,234 leaves, cosigned by witness.example.com.",
      `--workforce ${"A".repeat(43)}`,
      `Page 1 of ${made.pages}`,
      `Page ${made.pages} of ${made.pages}`,
    ])
      expect(text).toContain(part);
  });

  withTools("leads to the letter from its last page", () => {
    const { workforce, letter, board } = sampleDocument();
    const links = objectsOf(made.pdf).map(
      (object) => (object["/A"] as Record<string, string> | undefined)?.["/URI"],
    );
    expect(links).toContain(`u:${board}/w/${workforce}/letters/${letter}#${workforce}`);
  });

  it("refuses an address that no phone would read", () => {
    const long = sampleDocument({ document: { board: `https://${"x".repeat(600)}.example.com` } });
    expect(() => makeLetterDocument(long)).toThrow(PaperError);
  });
});

describe("the same data", () => {
  it("makes the same bytes again", () => {
    const again = makeLetterDocument(sampleDocument({ vouched: VOUCHED }));
    expect(again.sha256).toBe(made.sha256);
    expect(Buffer.from(again.pdf).equals(made.pdf)).toBe(true);
  });

  /** A process elsewhere, in another zone and language, whose user has installed a font of the same name as ours. */
  it("makes the same bytes on another machine", () => {
    const home = mkdtempSync(join(tmpdir(), "undersigned-elsewhere-"));
    try {
      mkdirSync(join(home, ".fonts"));
      writeFileSync(join(home, ".fonts", "impostor.ttf"), impostor());
      const script = `
        import { makeLetterDocument } from ${JSON.stringify(join(import.meta.dirname, "../src/index.ts"))};
        import { sampleDocument, shown } from ${JSON.stringify(join(import.meta.dirname, "sample-document.ts"))};
        const vouched = { given: [shown("Sample Colleague")], anonymous: 20 };
        process.stdout.write(makeLetterDocument(sampleDocument({ vouched })).sha256);`;
      const run = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
        cwd: home,
        encoding: "utf8",
        env: {
          PATH: process.env.PATH,
          HOME: home,
          TZ: "Pacific/Auckland",
          LANG: "ar_EG.UTF-8",
          LC_ALL: "ar_EG.UTF-8",
        },
      });
      expect(run.stderr).toBe("");
      expect(run.stdout).toBe(made.sha256);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it("makes other bytes where a single name differs", () => {
    const [first, ...others] = ALL_NAMES;
    const mailbox = { confirmed: [shown(`${first}.`), ...others.map((name) => shown(name))] };
    expect(makeLetterDocument(sampleDocument({ mailbox })).sha256).not.toBe(
      makeLetterDocument(sampleDocument({ mailbox: { confirmed: ALL_NAMES.map((name) => shown(name)) } }))
        .sha256,
    );
  });
});

/** Noto Sans Hebrew under the name of Noto Sans, of which its own begins: its names are cut short (OpenType, `name`). */
function impostor(): Buffer {
  const require = createRequire(import.meta.url);
  const path = require.resolve(
    "@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf",
  );
  const font = Buffer.from(readFileSync(path));
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString("latin1", at, at + 4) !== "name") continue;
    const table = font.readUInt32BE(at + 8);
    for (let i = 0; i < font.readUInt16BE(table + 2); i++) {
      const record = table + 6 + 12 * i;
      const wide = font.readUInt16BE(record) !== 1;
      if ([1, 16].includes(font.readUInt16BE(record + 6)))
        font.writeUInt16BE("Noto Sans".length * (wide ? 2 : 1), record + 8);
    }
  }
  return font;
}
