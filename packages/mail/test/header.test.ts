import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBytes, unfold } from "../src/header.ts";
import { MailError, parseHeader } from "../src/index.ts";
import { outcomeOf } from "./kit.ts";

const of = (text: string) => outcomeOf(() => parseHeader(toBytes(text)));
const fieldsOf = (text: string) => parseHeader(toBytes(text)).fields;

describe("a header", () => {
  it("is read to the first empty line, and what comes after it is not looked at", () => {
    const two = [
      { name: "from", raw: "From: a" },
      { name: "x-y", raw: "X-y:b\r\n\tc" },
    ];
    expect(fieldsOf("From: a\r\nX-y:b\r\n\tc\r\n\r\nbody\n\r\0: \xff")).toEqual(two);
    expect(fieldsOf("From: a\nX-y:b\n\tc\n\nbody\r\n\r")).toEqual(two);
    expect(fieldsOf("From: a\r\nX-y:b\r\n\tc\r\n")).toEqual(two);
  });

  it("keeps bytes beyond ASCII in values as they are", () => {
    expect(toBytes(fieldsOf("To: \xc3\x9f\r\n")[0]!.raw)).toEqual(new TextEncoder().encode("To: ß"));
  });

  it.each([
    ["nothing", "", "header-missing"],
    ["an empty line at once", "\r\nFrom: a\r\n", "header-missing"],
    ["a last line that is cut off", "From: a\r\nTo: b", "header-cut-off"],
    ["CRLF and then LF", "From: a\r\nTo: b\n", "line-ends-mixed"],
    ["LF and then CRLF", "From: a\nTo: b\r\n", "line-ends-mixed"],
    [
      "an empty line of another end, which some take for the end",
      "From: a\r\n\nTo: b\r\n",
      "line-ends-mixed",
    ],
    ["a bare CR", "From: a\rBcc: b\r\n", "character-refused"],
    ["two CR before LF", "From: a\r\r\n", "character-refused"],
    ["NUL", "From: a\0\r\n", "character-refused"],
    ["a vertical tab, white space for some", "From: a\r\n\x0bb\r\n", "character-refused"],
    ["DEL", "From: a\x7f\r\n", "character-refused"],
    ["a line without a colon", "From: a\r\nTo b\r\n", "field-malformed"],
    ["a field without a name", ": a\r\n", "field-malformed"],
    ["space before the colon", "From : a\r\n", "field-malformed"],
    ["space in a name", "Fr om: a\r\n", "field-malformed"],
    ["a name beyond ASCII", "Fr\xf6m: a\r\n", "field-malformed"],
    ["a byte order mark", "\xef\xbb\xbfFrom: a\r\n", "field-malformed"],
    ["the line of a mailbox file", "From a@example.com Mon May 18\r\nTo: b\r\n", "field-malformed"],
    ["a continued line first", " From: a\r\n", "field-malformed"],
    ["a continued line of white space alone", "From: a\r\n \t\r\n b\r\n", "folding-refused"],
  ])("with %s is refused", async (_, text, code) => {
    expect(await of(text)).toBe(code);
  });

  const filler = (bytes: number) => `X: ${"a".repeat(bytes - 5)}\r\n`;

  it("of 64 KiB is read, and of a byte more is not, whatever its line ends and whether or not a body follows", async () => {
    const full = filler(16_384).repeat(4);
    expect(full.length).toBe(65_536);
    for (const header of [full, full.replaceAll("\r\n", "\n")]) {
      for (const rest of ["", header.includes("\r") ? "\r\n" : "\n"]) {
        expect(await of(header + rest)).toBe("accepted");
        expect(await of(`${header}${rest}${rest && "body".repeat(100_000)}`)).toBe("accepted");
      }
    }
    const more = filler(16_384).repeat(3) + filler(8_000) + filler(8_385);
    expect(more.length).toBe(65_537);
    for (const header of [more, more.replaceAll("\r\n", "\n")]) {
      expect(await of(header)).toBe("header-too-large");
      expect(await of(`${header}${"body".repeat(100_000)}`)).toBe("header-too-large");
    }
    // Without any line end it is no longer than what is looked at.
    expect(await of("a".repeat(1_000_000))).toBe("header-too-large");
  });

  it("has fields of 16 KiB at most, folded or not", async () => {
    expect(await of(filler(16_384))).toBe("accepted");
    expect(await of(filler(16_385))).toBe("field-too-large");
    expect(await of(`${filler(16_000)} ${"b".repeat(381)}\r\n`)).toBe("accepted");
    expect(await of(`${filler(16_000)} ${"b".repeat(382)}\r\n`)).toBe("field-too-large");
  });

  it("has 256 fields at most", async () => {
    expect(await of("A: b\r\n".repeat(256))).toBe("accepted");
    expect(await of("A: b\r\n".repeat(257))).toBe("fields-too-many");
  });

  it("of any bytes is read or refused with a MailError", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\r\n",
        "\n",
        "\r",
        " ",
        "\t",
        ":",
        "\0",
        "\xff",
        "From: a\r\n",
        "To:b\r\n",
        "\r\n\r\n",
      ),
      fc.string({ unit: "binary-ascii", maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        try {
          const { fields } = parseHeader(toBytes(text));
          // What was read is what stood there, up to the empty line.
          const again = `${fields.map((field) => field.raw).join("\r\n")}\r\n`;
          const lf = again.replaceAll("\r\n", "\n");
          expect(text.startsWith(again) || text.startsWith(lf)).toBe(true);
          for (const { name, raw } of fields) expect(raw.toLowerCase().startsWith(`${name}:`)).toBe(true);
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is unfolded into one line with single spaces", () => {
    expect(unfold(" a \r\n\t b\t\tc ")).toBe("a b c");
  });
});
