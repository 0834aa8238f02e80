/** Pictures: what goes, what stays bit for bit, and what is refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanFile, inspectFile, isClean } from "../src/index.ts";
import {
  chunk,
  exifSegment,
  pixelsOf,
  png,
  riffChunk,
  sample,
  segment,
  tiff,
  vp8x,
  webp,
  withSegments,
} from "./pictures-kit.ts";

const jpeg = sample("plain.jpg");
const progressive = sample("progressive.jpg");
const lossless = sample("lossless.webp");
const lossy = sample("lossy.webp");

const PLANTED = "zqplantedqz";

async function cleaned(bytes: Uint8Array) {
  const { bytes: out, removed } = await cleanFile(bytes);
  expect(Buffer.from(out).includes(PLANTED)).toBe(false);
  expect(Buffer.from((await cleanFile(out)).bytes)).toEqual(Buffer.from(out));
  expect((await cleanFile(out)).removed).toEqual([]);
  expect(await isClean(out)).toBe(true);
  return { out: Buffer.from(out), kinds: removed.map(({ kind }) => kind).sort() };
}

const refusal = (bytes: Uint8Array) =>
  cleanFile(bytes).then(
    () => "taken",
    (error: { code?: string }) => error.code ?? "another error",
  );

/** From the first table on: what decodes to the pixels. */
const pictureOf = (bytes: Uint8Array) => {
  const at = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xdb]));
  return Buffer.from(bytes.subarray(at));
};

describe("a JPEG", () => {
  it.each([
    ["baseline", jpeg],
    ["progressive with restarts", progressive],
  ])("that is %s keeps its pixels bit for bit", async (_, bytes) => {
    const { out } = await cleaned(bytes);
    expect(pictureOf(out)).toEqual(pictureOf(bytes));
    const marked = withSegments(bytes, exifSegment(1), segment(0xfe, PLANTED));
    expect((await cleaned(marked)).out).toEqual(out);
  });

  it.each<[string, Uint8Array, string[]]>([
    ["Exif with a place and a camera", exifSegment(1), ["place", "properties"]],
    ["a preview of what was cut off", exifSegment(1, jpeg), ["other-picture", "place", "properties"]],
    ["XMP", segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x>${PLANTED}</x>`), ["properties"]],
    ["more XMP", segment(0xe1, `http://ns.adobe.com/xmp/extension/\0${PLANTED}`), ["properties"]],
    ["IPTC", segment(0xed, `Photoshop 3.0\x008BIM\x04\x04${PLANTED}`), ["properties"]],
    ["a remark", segment(0xfe, PLANTED), ["comment"]],
    ["a colour profile", segment(0xe2, `ICC_PROFILE\0\x01\x01${PLANTED}`), ["colour-profile"]],
    ["an index of more pictures", segment(0xe2, `MPF\0${PLANTED}`), ["other-picture"]],
    ["a preview of JFIF", segment(0xe0, `JFXX\0\x10${PLANTED}`), ["other-picture"]],
    ["a camera's own data", segment(0xe5, PLANTED), ["private-part"]],
    ["content credentials", segment(0xeb, `JP\0\x01${PLANTED}`), ["private-part"]],
  ])("loses %s", async (_, extra, expected) => {
    const base = await cleaned(jpeg);
    const { out, kinds } = await cleaned(withSegments(base.out, extra));
    expect(kinds).toEqual(expected);
    expect(out).toEqual(base.out);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    "still says that it is turned (%i), and nothing else",
    async (orientation) => {
      const base = (await cleaned(jpeg)).out;
      const { out } = await cleaned(withSegments(jpeg, exifSegment(orientation)));
      expect(out.length).toBe(base.length + 36);
      const at = out.indexOf("Exif\0\0");
      // Big-endian TIFF: the one entry's value.
      expect(out.readUInt16BE(at + 6 + 18)).toBe(orientation);
    },
  );

  it("loses a film, a second picture and text behind its end", async () => {
    const base = (await cleaned(jpeg)).out;
    for (const behind of [jpeg, Buffer.from(PLANTED), Buffer.from("ftypmp42")]) {
      const { out } = await cleaned(new Uint8Array(Buffer.concat([base, behind])));
      expect(out).toEqual(base);
    }
  });

  it("loses bytes between its segments", async () => {
    const base = (await cleaned(jpeg)).out;
    const behindFirst = 2 + 18;
    const planted = [base.subarray(0, behindFirst), Buffer.from(PLANTED), base.subarray(behindFirst)];
    const { out, kinds } = await cleaned(new Uint8Array(Buffer.concat(planted)));
    expect([out, kinds]).toEqual([base, ["left-over"]]);
  });

  it("is refused where a table is longer than what is in it", async () => {
    const table = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1), Buffer.from(PLANTED)]);
    expect(await refusal(withSegments(jpeg, segment(0xdb, table)))).toBe("file-malformed");
    expect(
      await refusal(withSegments(jpeg, segment(0xc4, Buffer.concat([Buffer.alloc(17), Buffer.from("abc")])))),
    ).toBe("file-malformed");
  });

  it("is refused where it ends early, wherever", async () => {
    for (let length = 3; length < jpeg.length; length++)
      expect(await refusal(jpeg.subarray(0, length))).toMatch(/^file-(cut-off|malformed)$/);
  });
});

describe("a PNG", () => {
  it.each<[string, Uint8Array, string[]]>([
    ["text", chunk("tEXt", `Author\0${PLANTED}`), ["comment"]],
    ["packed text", chunk("zTXt", `Author\0\0${PLANTED}`), ["comment"]],
    ["international text", chunk("iTXt", `XML:com.adobe.xmp\0\0\0\0\0${PLANTED}`), ["comment"]],
    ["a time", chunk("tIME", "\x07\xea\x05\x01\x09\x1e\x00"), ["properties"]],
    ["Exif", chunk("eXIf", tiff(1)), ["place", "properties"]],
    ["a colour profile", chunk("iCCP", `${PLANTED}\0\0`), ["colour-profile"]],
    ["a screen's density", chunk("pHYs", "\0\0\x16\x25\0\0\x16\x25\x01"), ["properties"]],
    ["a program's own chunk", chunk("vpAg", PLANTED), ["private-part"]],
    ["content credentials", chunk("caBX", PLANTED), ["private-part"]],
  ])("loses %s, before its data or behind", async (_, extra, expected) => {
    for (const bytes of [png([extra]), png([], [extra])]) {
      const { out, kinds } = await cleaned(bytes);
      expect([out, kinds]).toEqual([Buffer.from(png()), expected]);
    }
  });

  it("keeps what its pixels need", async () => {
    const bytes = png([chunk("gAMA", "\0\0\xb1\x8f"), chunk("sRGB", "\0"), chunk("tRNS", "\0\x01")]);
    expect((await cleaned(bytes)).out).toEqual(Buffer.from(bytes));
  });

  it("still says that it is turned, and nothing else", async () => {
    const { out, kinds } = await cleaned(png([chunk("eXIf", tiff(6))]));
    expect(kinds).toEqual(["place", "properties"]);
    expect(out.length).toBe(png().length + 12 + 26);
  });

  it("loses what an editor left behind its end (the rest of an uncut picture)", async () => {
    const bytes = new Uint8Array(Buffer.concat([png(), chunk("IDAT", PLANTED), chunk("IEND")]));
    expect(await cleaned(bytes)).toEqual({ out: Buffer.from(png()), kinds: ["left-over"] });
  });

  it("is refused with a wrong sum, a chunk that nobody knows but must, a wrong length, no data, or cut off", async () => {
    const wrong = png().slice();
    wrong[20]! ^= 1;
    expect(await refusal(wrong)).toBe("file-malformed");
    expect(await refusal(png([chunk("ABCD", PLANTED)]))).toBe("file-unsupported");
    expect(await refusal(png([chunk("sRGB", `\0${PLANTED}`)]))).toBe("file-malformed");
    expect(await refusal(png([chunk("IHDR", Buffer.alloc(13))]))).toBe("file-malformed");
    const headOnly = Buffer.concat([png().subarray(0, 33), chunk("IEND")]);
    expect(await refusal(new Uint8Array(headOnly))).toBe("file-malformed");
    for (let length = 8; length < png().length; length++)
      expect(await refusal(png().subarray(0, length))).toBe("file-cut-off");
  });
});

describe("a WebP", () => {
  it("that has nothing but pixels stays as it is", async () => {
    for (const bytes of [lossless, lossy])
      expect(await cleaned(bytes)).toEqual({ out: Buffer.from(bytes), kinds: [] });
  });

  it.each<[string, Buffer, number, string[]]>([
    ["Exif", riffChunk("EXIF", tiff(1)), 0x08, ["place", "properties"]],
    ["XMP", riffChunk("XMP ", Buffer.from(PLANTED)), 0x04, ["properties"]],
    ["a colour profile", riffChunk("ICCP", Buffer.from(PLANTED)), 0x20, ["colour-profile"]],
    ["a chunk of a program", riffChunk("ABCD", Buffer.from(PLANTED)), 0, ["private-part"]],
  ])("loses %s", async (_, extra, flag, expected) => {
    const { out, kinds } = await cleaned(webp(vp8x(flag), pixelsOf(lossy), extra));
    expect([out, kinds]).toEqual([Buffer.from(webp(vp8x(0), pixelsOf(lossy))), expected]);
  });

  it("still says that it is turned, and nothing else", async () => {
    const { out } = await cleaned(webp(vp8x(0x08), pixelsOf(lossy), riffChunk("EXIF", tiff(8))));
    expect(out.length).toBe(webp(vp8x(0), pixelsOf(lossy)).length + 8 + 26);
    expect(out[20]).toBe(0x08);
  });

  it("loses what hides in frames and behind the end", async () => {
    const frame = (...more: Uint8Array[]) =>
      riffChunk("ANMF", Buffer.concat([Buffer.alloc(16), pixelsOf(lossy), ...more]));
    const anim = riffChunk("ANIM", Buffer.alloc(6));
    const hiding = webp(vp8x(2), anim, frame(riffChunk("ABCD", Buffer.from(PLANTED))));
    const { out } = await cleaned(new Uint8Array(Buffer.concat([hiding, Buffer.from(PLANTED)])));
    expect(out).toEqual(Buffer.from(webp(vp8x(2), anim, frame())));
  });

  it("is refused cut off, empty, or with a chunk beyond the end", async () => {
    for (let length = 12; length < lossy.length; length++)
      expect(await refusal(lossy.subarray(0, length))).toBe("file-cut-off");
    expect(await refusal(webp(vp8x(0)))).toBe("file-malformed");
    const beyond = riffChunk("VP8 ", Buffer.alloc(8));
    beyond.writeUInt32LE(1_000_000, 4);
    expect(await refusal(webp(beyond))).toBe("file-malformed");
  });
});

describe("any file", () => {
  it("is known by its bytes, whatever its name says", async () => {
    expect((await inspectFile(png(), "letter.pdf")).format).toBe("png");
    expect((await inspectFile(Buffer.from("BMW workers and GIF89 lovers, PK"), "a.png")).format).toBe("text");
  });

  it.each([
    ["an office document", "PK\x03\x04\x14\0\x06\0", "PDF"],
    ["an old office document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PDF"],
    ["a phone's picture", "\0\0\0\x18ftypheic\0\0", "PNG"],
    ["a GIF", "GIF89a\x01\0\x01\0", "PNG"],
    ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG"],
    ["rich text", "{\\rtf1 a}", "PDF"],
    ["anything else", "\x01\x02\0", "PDF"],
  ])("that cannot be cleaned says what to do: %s", async (_, head, word) => {
    const bytes = new Uint8Array(Buffer.from(head, "latin1"));
    const report = await inspectFile(bytes);
    expect([report.format, report.advice]).toEqual(["unsupported", expect.stringContaining(word)]);
    expect(await refusal(bytes)).toBe("file-unsupported");
    expect(await isClean(bytes)).toBe(false);
  });

  it("that is a text is cleaned as one, and what only a person can mend is told", async () => {
    const report = await inspectFile(Buffer.from("a\u200bb baker@example.com"));
    expect(report.findings.map(({ mends }) => mends).sort()).toEqual([false, true]);
    const { out } = await cleaned(Buffer.from("\ufeffa\u200bb baker@example.com"));
    expect(out.toString()).toBe("ab baker@example.com");
  });

  it("has a name that can tell", async () => {
    for (const name of [
      "IMG_20260501_093000.png",
      "Screenshot 2026-05-01.png",
      "scan by baker@example.com.png",
    ])
      expect((await inspectFile(png(), name)).findings.map(({ kind }) => kind)).toEqual(["name"]);
    expect((await inspectFile(png(), "our plant.png")).findings).toEqual([]);
  });

  it("with a byte changed is refused or cleaned to what is clean", async () => {
    const samples = [
      withSegments(jpeg, exifSegment(6)),
      png([chunk("eXIf", tiff(6))]),
      webp(vp8x(8), pixelsOf(lossy), riffChunk("EXIF", tiff(8))),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.nat(), fc.nat(255), async (bytes, at, value) => {
        const changed = bytes.slice();
        changed[at % changed.length] = value;
        if ((await refusal(changed)) !== "taken") return;
        const { bytes: out } = await cleanFile(changed);
        expect(await isClean(out)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
