import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makePoster, PaperError, type Poster } from "../src/index.ts";

const poster: Poster = {
  title: "Cancel the contract",
  language: "en",
  employer: "Example Corporation",
  link: `https://letters.example.com/w/${"a".repeat(43)}/letters/${"b".repeat(43)}#${"a".repeat(43)}.u${"c".repeat(43)}`,
  unlisted: true,
};

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const pages = (pdf: Uint8Array) => Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(latin1(pdf))?.[1]);

describe("a poster", () => {
  it("has the same bytes each time, one page, tags, and neither day nor author", () => {
    const pdf = makePoster(poster);
    expect(latin1(pdf)).toBe(latin1(makePoster(poster)));
    expect(pages(pdf)).toBe(1);
    expect(latin1(pdf)).toContain("/StructTreeRoot");
    expect(latin1(pdf)).not.toMatch(/CreationDate|ModDate|\/Author|xmp:CreateDate|xmp:ModifyDate|dc:creator/);
  });

  it.each([
    ["Arabic", "ألغوا العقد مع الوكالة", "ar"],
    ["Hebrew", "בטלו את החוזה עם הסוכנות", "he"],
    ["Hindi", "एजेंसी के साथ अनुबंध रद्द करें", "hi"],
    ["Thai", "ยกเลิกสัญญากับหน่วยงาน", "th"],
    ["Greek", "Ακυρώστε τη σύμβαση", "el"],
  ])("sets a title in %s", (_, title, language) => {
    expect(pages(makePoster({ ...poster, title, language }))).toBe(1);
  });

  it("stays one page, whatever its title of at most 200 characters", () => {
    const titles = fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" });
    fc.assert(
      fc.property(titles, (title) => {
        expect(pages(makePoster({ ...poster, title }))).toBe(1);
      }),
      {
        numRuns: 25,
        examples: [["W".repeat(200)], ["word ".repeat(40)]],
      },
    );
  });

  it.each([
    ["reads a file", '#read("/etc/passwd")'],
    ["stops the typesetter", '#panic("x")'],
    ["ends its own text", '"]; #panic() ; ["'],
    ["brings a package", '#import "@preview/example:0.1.0": *'],
  ])("shows as text what %s", (_, title) => {
    const pdf = makePoster({ ...poster, title });
    // The title stands in the document's properties as it was given.
    expect(latin1(pdf)).toContain(title.slice(1, 6));
  });

  it("refuses an address that no phone would read from a wall", () => {
    const long = { ...poster, link: `https://letters.example.com/${"x".repeat(700)}` };
    expect(() => makePoster(long)).toThrow(PaperError);
  });
});
