import { describe, expect, test } from "vitest";
import { between, longDay } from "../../src/shared/words/days.ts";
import { counted, number } from "../../src/shared/words/numbers.ts";
import { enumerate, plain } from "../../src/shared/words/words.ts";

describe("days", () => {
  test("are written out, without a leading zero", () => {
    expect(longDay("2026-11-03")).toBe("3 November 2026");
    expect(longDay("2028-02-29")).toBe("29 February 2028");
    expect(longDay("2026-01-01")).toBe("1 January 2026");
    expect(longDay("9999-12-31")).toBe("31 December 9999");
  });

  test.each([
    ["2026-11-03", "2026-11-20", "between 3 and 20 November 2026"],
    ["2026-11-03", "2026-12-01", "between 3 November and 1 December 2026"],
    ["2026-11-03", "2027-01-04", "between 3 November 2026 and 4 January 2027"],
    ["2026-11-03", "2027-11-20", "between 3 November 2026 and 20 November 2027"],
    ["2026-11-03", "2026-11-03", "on 3 November 2026"],
  ])("from %s to %s say once what both share", (from, to, words) => {
    expect(plain(between(from, to))).toBe(words);
  });

  test("of a range keep what a machine reads", () => {
    const days = between("2026-11-03", "2026-11-20").filter((word) => typeof word !== "string");
    expect(days).toEqual([
      { day: "2026-11-03", text: "3" },
      { day: "2026-11-20", text: "20 November 2026" },
    ]);
  });
});

describe("numbers", () => {
  test("have their thousands apart, whatever the machine's own language is", () => {
    expect(number(1400)).toBe("1,400");
    expect(number(6_100_000)).toBe("6,100,000");
    expect(counted(1, "signatory", "signatories")).toBe("1 signatory");
    expect(counted(0, "signatory", "signatories")).toBe("0 signatories");
  });
});

test("lists end in “and”", () => {
  expect(plain(enumerate([["a"]]))).toBe("a");
  expect(plain(enumerate([["a"], ["b"]]))).toBe("a and b");
  expect(plain(enumerate([["a"], ["b"], ["c"]]))).toBe("a, b and c");
});
