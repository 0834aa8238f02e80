/** The reader of CSV, held against csv-parse, which shares nothing with it. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvReader, FIELD_MOST } from "../src/files/read-csv.ts";
import { DealingsError } from "../src/index.ts";

/** All records, the header too, or the code of the error. */
function read(text: string, size = Number.POSITIVE_INFINITY): string[][] | string {
  const records: string[][] = [];
  const reader = new CsvReader({
    header: (names) => {
      records.push([...names]);
      return names.map((_, column) => column);
    },
    record: (fields) => records.push([...fields]),
  });
  try {
    for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
    reader.end();
  } catch (error) {
    if (!(error instanceof DealingsError)) throw error;
    return error.code;
  }
  return records;
}

const piece = fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", "a", "=1", "é", "😀", " ", "b\tc", "'");
const field = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(field, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
  );

describe("a table in CSV", () => {
  it("is read as it was written, in pieces of any size", () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        (rows, end, always, closed, size) => {
          const quote = (text: string) =>
            always || text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = rows.map((row) => row.map(quote).join(",")).join(end) + (closed ? end : "");
          expect(read(text, size)).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is read as csv-parse reads it, whatever the text, if both take it", () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (parts, size) => {
          const text = parts.join("");
          const ours = read(text, size);
          expect(ours).toEqual(read(text));
          if (typeof ours === "string") return;
          taken++;
          const theirs: string[][] = parse(text, {
            record_delimiter: ["\r\n", "\n", "\r"],
            skip_empty_lines: true,
          });
          expect(ours).toEqual(theirs);
        },
      ),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it.each([
    ["a quotation mark that never closes", 'a,b\n1,"2\n3,4\n', "unclosed-quote"],
    ["text behind a closing quotation mark", 'a,b\n1,"2"x\n', "stray-quote"],
    ["a quotation mark in the midst of a field", 'a,b\n1,2"x"\n', "stray-quote"],
    ["a line with more fields", "a,b\n1,2,3\n", "uneven-line"],
    ["a line with fewer fields", "a,b\n1\n", "uneven-line"],
    ["a field that is far too long", `a,b\n${"x".repeat(FIELD_MOST + 1)},1\n`, "too-large"],
    [
      "a record that is far too long",
      `${"a,".repeat(9)}a\n${`${"x".repeat(FIELD_MOST - 1)},`.repeat(9)}\n`,
      "too-large",
    ],
    ["columns without end", ",".repeat(6000), "too-large"],
    ["nothing", "", "not-an-export"],
    ["empty lines alone", "\r\n\n\n\r", "not-an-export"],
  ])("with %s is refused", (_, text, code) => {
    expect(read(text)).toBe(code);
    expect(read(text, 65_537)).toBe(code);
  });

  it("says on which line", () => {
    const reader = new CsvReader({ header: () => [], record: () => {} });
    expect(() => reader.push('a,b\n1,2\n3,4"\n')).toThrow(/line 3/);
  });
});

describe("a column that was not asked for", () => {
  it("is never made text", () => {
    const seen: string[][] = [];
    const reader = new CsvReader({ header: () => [2, 0], record: (fields) => seen.push([...fields]) });
    reader.push('a,b,c\n1,"PLANTED, ""x""",3\n');
    reader.end();
    expect(seen).toEqual([["3", "1"]]);
    expect(JSON.stringify(Object.values(reader))).not.toContain("PLANTED");
  });
});
