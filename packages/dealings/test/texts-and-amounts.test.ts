/** Texts of files made texts of rows, and amounts, which are exact. */
import { decimalAmount, shape } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CUT, cleanLine } from "../src/text/clean-line.ts";
import { dayOfOldText, dayOfText } from "../src/text/day-of-text.ts";
import { compareAmounts, formatDecimal, parseDecimal } from "../src/text/decimal.ts";

const naughty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\u202e",
        "\ufeff",
        "\0",
        "\r\n",
        "\u2028",
        "\ud800",
        "\udc00",
        "e\u0301",
        "\u0344",
        "ﬁ",
        "שּׁ",
        "👩‍💻",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

describe("a cleaned line", () => {
  it("is a text that core takes, or empty, and cleans to itself", () => {
    fc.assert(
      fc.property(naughty, fc.integer({ min: 1, max: 40 }), (raw, max) => {
        const line = cleanLine(raw, max);
        shape.text(0, max).check(line, "");
        expect(line).toBe(line.trim());
        expect(cleanLine(line, max)).toBe(line);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["  TWO\r\nLINES\tHERE ", "TWO LINES HERE"],
    ["=1+1", "=1+1"],
    ["a\u202eb\u200bc", "abc"],
    ["cafe\u0301", "café"],
    ["abcdefghijk", `abcdefghi${CUT}`],
    ["😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀"],
    ["😀".repeat(11), `${"😀".repeat(9)}${CUT}`],
    [" ".repeat(1000), CUT],
  ])("of %j is %j", (raw, line) => {
    expect(cleanLine(raw, raw.startsWith("abc") || raw.includes("😀") ? 10 : 50)).toBe(line);
  });

  it("shows that it was cut, however long the text was", () => {
    expect(cleanLine("x".repeat(1_000_000), 300)).toBe("x".repeat(299) + CUT);
  });
});

describe("an amount", () => {
  it.each([
    ["0", "0"],
    ["-0.00", "0"],
    ["1200.50", "1200.50"],
    ["1200.5", "1200.50"],
    ["1200.00", "1200"],
    ["+7", "7"],
    [" -0.1250 ", "-0.125"],
    ["1.1e7", "11000000"],
    ["12E-2", "0.12"],
    ["007", "7"],
    ["0.1", "0.10"],
    ["1999999.9999999998", "2000000"],
    ["-0.00005", "-0.0001"],
    ["999999999999999999.9999", "999999999999999999.9999"],
  ])("%j is %j", (text, amount) => {
    expect(formatDecimal(parseDecimal(text)!.units)).toBe(amount);
    decimalAmount.check(amount, "");
  });

  it.each([
    "",
    "-",
    ".5",
    "$5",
    "1,000",
    "1 000",
    "NaN",
    "Infinity",
    "0x10",
    "1e99",
    "1e999",
    "1000000000000000000",
    "９",
    "1".repeat(200),
    `0.${"1".repeat(200)}`,
  ])("%j is none", (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it("keeps every digit that core's amounts can have", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 22n) + 1n, max: 10n ** 22n - 1n }), (units) => {
        const text = formatDecimal(units)!;
        decimalAmount.check(text, "");
        expect(parseDecimal(text)).toEqual({ units, rounded: false });
      }),
    );
  });

  it("is compared as a number and not as text or as a double", () => {
    expect(compareAmounts("9", "10")).toBe(-1);
    expect(compareAmounts("9007199254740993", "9007199254740992.9")).toBe(1);
    expect(compareAmounts("-2", "-1.99")).toBe(-1);
    expect(compareAmounts("1.50", "1.5")).toBe(0);
  });
});

describe("a day", () => {
  it.each([
    ["2024-02-29", "2024-02-29"],
    ["2010-07-01T23:59:00-05:00", "2010-07-01"],
    ["2023-02-29", null],
    ["1999-12-31", null],
    ["2024-02-290", null],
    ["", null],
  ])("%j is %j", (text, day) => expect(dayOfText(text)).toBe(day));

  it.each([
    ["7/4/2012", "2012-07-04"],
    ["12/31/2016 00:00", "2016-12-31"],
    ["13/1/2012", null],
    ["2012-07-04", "2012-07-04"],
  ])("of the old layout %j is %j", (text, day) => expect(dayOfOldText(text)).toBe(day));
});
