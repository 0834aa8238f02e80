/** PDF files: what goes, that pages stay, and what is refused. */
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cleanFile, type FileKind, inspectFile, isClean } from "../src/index.ts";
import { page, pdf } from "./pdf-kit.ts";
import { exifSegment, sample, withSegments } from "./pictures-kit.ts";

const PLANTED = "zqplantedqz";
const parts = { pdf: () => import("../src/files/pdf.ts") };

async function cleaned(bytes: Uint8Array) {
  const { bytes: out, removed } = await cleanFile(bytes, parts);
  const text = Buffer.from(out).toString("latin1");
  expect(text).not.toContain(PLANTED);
  const again = await cleanFile(out, parts);
  expect(Buffer.from(again.bytes).toString("latin1")).toBe(text);
  expect(again.removed).toEqual([]);
  expect(await isClean(out, parts)).toBe(true);
  expect(await isClean(bytes, parts)).toBe(false);
  return { out, text, kinds: removed.map(({ kind }) => kind).sort() };
}

const refusal = (bytes: Uint8Array) =>
  cleanFile(bytes, parts).then(
    () => "taken",
    (error: { code?: string }) => error.code ?? "another error",
  );

const plain = (await cleaned(page())).text;

describe("a PDF", () => {
  it("keeps what its pages are drawn with, byte for byte", () => {
    expect(plain).toContain("BT /F1 12 Tf 20 50 Td (We ask for an answer.) Tj ET");
    expect(plain).toContain("/BaseFont /Helvetica");
    expect(plain).toContain("/MediaBox [ 0 0 200 100 ]");
  });

  it.each<[string, Uint8Array, FileKind[]]>([
    [
      "its author, times and number",
      page(
        "",
        "",
        { 6: `<< /Author (${PLANTED}) /CreationDate (D:20260501) >>` },
        `/Info 6 0 R /ID [<${"ab".repeat(16)}> <cd>]`,
      ),
      ["properties"],
    ],
    ["XMP", page("/Metadata 6 0 R", "", { 6: ["/Type /Metadata /Subtype /XML", PLANTED] }), ["properties"]],
    [
      "XMP of a page and of what it shows",
      page("", "/Metadata 6 0 R /LastModified (D:2026)", { 6: ["/Type /Metadata", PLANTED] }),
      ["properties"],
    ],
    ["a script that starts by itself", page(`/OpenAction << /S /JavaScript /JS (${PLANTED}) >>`), ["script"]],
    [
      "scripts by name",
      page(`/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (${PLANTED}) >>] >> >>`),
      ["attachment"],
    ],
    [
      "events",
      page(
        `/AA << /WC << /S /JavaScript /JS (${PLANTED}) >> >>`,
        `/AA << /O << /S /Launch /F (${PLANTED}) >> >>`,
      ),
      ["script"],
    ],
    [
      "files inside",
      page("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> /AF [6 0 R]", "", {
        6: `<< /Type /Filespec /F (${PLANTED}) /EF << /F 7 0 R >> >>`,
        7: ["/Type /EmbeddedFile", PLANTED],
      }),
      ["attachment"],
    ],
    ["a program's own data", page("", `/PieceInfo << /A << /Private (${PLANTED}) >> >>`), ["private-part"]],
    ["a preview", page("", "/Thumb 6 0 R", { 6: ["/Width 1", PLANTED] }), ["other-picture"]],
    [
      "places on a map",
      page("", `/VP [<< /Measure << /Subtype /GEO /GPTS [${PLANTED.length}] >> /Name (${PLANTED}) >>]`),
      ["private-part"],
    ],
    ["an entry that nobody knows", page(`/Abcd (${PLANTED})`, `/Efgh (${PLANTED})`), ["private-part"]],
  ])("loses %s", async (_, bytes, expected) => {
    const { text, kinds } = await cleaned(bytes);
    expect(kinds).toEqual(expected);
    expect(text.replace(/\/(?:Names|Annots) (?:<<\s*>>|\[ \])\n/, "").length).toBeLessThanOrEqual(
      plain.length + 60,
    );
  });

  it("loses remarks, and who made a mark in the text; the mark stays", async () => {
    const { text, kinds } = await cleaned(
      page("", "/Annots [6 0 R 7 0 R 8 0 R]", {
        6: `<< /Type /Annot /Subtype /Text /Rect [0 0 1 1] /T (${PLANTED}) /Contents (${PLANTED}) >>`,
        7: `<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /QuadPoints [1 2 3 4 5 6 7 8] /T (${PLANTED}) /M (D:2026) /NM (${PLANTED}) /Contents (${PLANTED}) /Popup 9 0 R >>`,
        8: `<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 1 1] /FS << /F (${PLANTED}) >> >>`,
        9: `<< /Type /Annot /Subtype /Popup /Parent 7 0 R /T (${PLANTED}) >>`,
      }),
    );
    expect(kinds).toEqual(["annotation"]);
    expect(text).toContain("/QuadPoints [ 1 2 3 4 5 6 7 8 ]");
    expect(text).not.toContain("/Popup");
  });

  it("keeps links, without what tracks and without scripts", async () => {
    const link = (action: string) => `<< /Subtype /Link /Rect [0 0 1 1] /A << ${action} >> >>`;
    const { text, kinds } = await cleaned(
      page(
        "",
        `/Annots [${link("/S /URI /URI (https://example.com/a?id=1&utm_source=zqplantedqz)")} ${link(`/S /Launch /F (${PLANTED})`)} ${link(`/S /URI /URI (file:///home/${PLANTED})`)} ${link(`/S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (${PLANTED}) >>`)}]`,
      ),
    );
    expect(kinds).toEqual(["link", "script"]);
    expect(text).toContain("(https://example.com/a?id=1)");
    expect(text).toContain("/S /GoTo");
  });

  it("loses signatures and a form's second body; its fields stay", async () => {
    const { text, kinds } = await cleaned(
      page("/AcroForm << /Fields [6 0 R 7 0 R] /XFA 8 0 R /SigFlags 3 >>", "/Annots [6 0 R 7 0 R]", {
        6: `<< /Subtype /Widget /FT /Sig /T (a) /Rect [0 0 1 1] /V << /Type /Sig /ByteRange [0 1 2 3] /Name (${PLANTED}) >> >>`,
        7: "<< /Subtype /Widget /FT /Tx /T (b) /Rect [0 0 1 1] /V (shown) >>",
        8: ["", PLANTED],
      }),
    );
    expect(kinds).toEqual(["form", "signature"]);
    expect(text).toContain("(shown)");
  });

  it("loses an earlier version of a page and what no page shows", async () => {
    const first = page("", "", { 4: ["", `BT (${PLANTED}) Tj ET`], 6: `(${PLANTED})` });
    const second = pdf({ 4: ["", "BT (new) Tj ET"] }, "/Prev 1", first);
    const { text, kinds } = await cleaned(second);
    expect(kinds).toEqual(["left-over"]);
    expect(text).toContain("(new)");
  });

  it("loses a page that was taken out, whoever still points at it", async () => {
    const { kinds } = await cleaned(
      page("/Dests << /a [6 0 R /Fit] >>", "", {
        6: "<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>",
        7: ["", PLANTED],
      }),
    );
    expect(kinds).toEqual(["left-over"]);
  });

  it("loses what hides before, between and behind its objects", async () => {
    const bytes = Buffer.from(page()).toString("latin1");
    const hiding = `${bytes.replace("endobj\n2 0", `endobj\n% ${PLANTED}\n2 0`)}% ${PLANTED}\n`;
    const { text } = await cleaned(new Uint8Array(Buffer.from(hiding, "latin1")));
    expect(text).toBe(plain);
  });

  it("loses the place of a picture inside", async () => {
    const jpeg = withSegments(sample("plain.jpg"), exifSegment(1));
    const { kinds } = await cleaned(
      page("", "", {
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Abcd 6 0 R >>",
        6: ["/Type /XObject /Subtype /Image /Width 24 /Height 16 /Filter /DCTDecode", jpeg],
      }),
    );
    expect(kinds).toContain("place");
  });

  it("of another program, with packed objects, is read too", async () => {
    const { text, kinds } = await cleaned(sample("packed.pdf"));
    expect(kinds).toEqual(["properties"]);
    expect(text).toContain("/BaseFont /Helvetica");
    expect(text).not.toContain("ObjStm");
  });
});

describe("a hostile PDF is refused", () => {
  it("that is locked", async () => {
    expect(await refusal(page("", "", { 6: "<< /Filter /Standard /V 1 >>" }, "/Encrypt 6 0 R"))).toBe(
      "file-locked",
    );
  });

  it("that unpacks to far more than it is, by its reader and unread by a server", async () => {
    const bomb = pdf({
      1: "<< /Type /Catalog >>",
      2: ["/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", deflateSync(Buffer.alloc(40_000_000))],
    });
    expect(await refusal(bomb)).toBe("file-expands");
    expect(await isClean(bomb, parts)).toBe(false);
  });

  it("that a server would have to unpack, or to search for its objects", async () => {
    const { cleanPdf } = await parts.pdf();
    const rubbish = Buffer.from(page()).toString("latin1").replace("endobj\n2 0", "endobj\nabc 2 0");
    for (const bytes of [sample("packed.pdf"), new Uint8Array(Buffer.from(rubbish, "latin1"))]) {
      await expect(cleanPdf(bytes, true)).rejects.toMatchObject({ code: "file-malformed" });
      expect(await refusal(bytes)).toBe("taken");
    }
  });

  it.each([
    ["a number that no reader holds", page("/Dests [12345678901234567]")],
    ["nested without end", page(`/Names ${"[".repeat(50_000)}`)],
    ["nested deep", page(`/Names ${"[".repeat(500)}${"]".repeat(500)}`)],
    [
      "a tree of pages that holds itself",
      pdf({ 1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [2 0 R] >>" }),
    ],
    ["no pages", pdf({ 1: "<< /Type /Catalog >>" })],
    ["no catalog", pdf({ 2: "<< /Type /Pages >>" })],
    ["much rubbish", new Uint8Array(Buffer.from(`%PDF-1.7\n${"1 0 ".repeat(100_000)}`))],
    ["a head alone", new Uint8Array(Buffer.from("%PDF-1.7"))],
    [
      "a broken picture inside",
      page("/Dests << /a 6 0 R >>", "", { 6: ["/Filter /DCTDecode", "no picture"] }),
    ],
  ])("with %s", async (_, bytes) => {
    expect(await refusal(bytes)).toMatch(/^file-(malformed|cut-off)$/);
    expect(await isClean(bytes, parts)).toBe(false);
  });

  it("cut off anywhere, or cleaned to what is clean", async () => {
    const bytes = page();
    for (let length = 5; length < bytes.length; length += 7) {
      const taken = await refusal(bytes.subarray(0, length));
      expect(["taken", "file-malformed", "file-cut-off"]).toContain(taken);
    }
  });

  it("where what reads PDF files is not there", async () => {
    await expect(inspectFile(page())).rejects.toMatchObject({ code: "pdf-part-missing" });
    await expect(isClean(page())).rejects.toMatchObject({ code: "pdf-part-missing" });
  });
});
