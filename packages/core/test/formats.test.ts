/** Every shape refuses what is not its own, by a typed error, and says where without repeating what. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CoreError,
  checkShownText,
  encodeCanonical,
  isDay,
  type JsonValue,
  leafShape,
  parseLeaf,
  quorumBounds,
  shape,
} from "../src/index.ts";

const name = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
const batch = {
  type: "batch",
  v: 1,
  workforce: name(1),
  day: "2026-11-03",
  previous: 4,
  letters: [{ letter: name(2), mailbox: 20, vouched: 0, revisions: 0, withdrawals: 1 }],
};

describe("a leaf", () => {
  it("passes as it is", () => {
    expect(parseLeaf(encodeCanonical(batch))).toEqual(batch);
  });

  it.each([
    ["an unknown field", { ...batch, extra: 1 }, "unknown-field"],
    ["a missing field", { ...batch, day: undefined }, "bad-field"],
    ["another version", { ...batch, v: 2 }, "bad-field"],
    ["an unknown type", { ...batch, type: "bach" }, "bad-field"],
    ["a type of the prototype", { ...batch, type: "constructor" }, "bad-field"],
    ["a number as text", { ...batch, previous: "4" }, "bad-field"],
    ["a fraction", { ...batch, previous: 4.5 }, "bad-field"],
    ["a number past 2^53-1", { ...batch, previous: 2 ** 53 }, "bad-field"],
    ["a negative number", { ...batch, previous: -1 }, "bad-field"],
    ["a day that does not exist", { ...batch, day: "2026-02-30" }, "bad-field"],
    ["a time", { ...batch, day: "2026-02-03T10:00" }, "bad-field"],
    ["a hash with unused bits", { ...batch, workforce: `${name(1).slice(0, 42)}B` }, "bad-field"],
    ["a padded hash", { ...batch, workforce: `${name(1)}=` }, "bad-field"],
    ["a short hash", { ...batch, workforce: name(1).slice(1) }, "bad-field"],
    [
      "rows out of order",
      { ...batch, letters: [{ ...batch.letters[0], letter: name(9) }, batch.letters[0]] },
      "bad-field",
    ],
    ["a row twice", { ...batch, letters: [batch.letters[0], batch.letters[0]] }, "bad-field"],
    ["a list", [batch], "bad-field"],
    ["null", null, "bad-field"],
  ])("with %s is refused", (_what, value, code) => {
    const clean = JSON.parse(JSON.stringify(value)) as JsonValue;
    expect(() => parseLeaf(encodeCanonical(clean))).toThrow(expect.objectContaining({ code }));
  });

  it("with a field named like the prototype's is refused", () => {
    const bytes = new TextEncoder().encode(
      `{"__proto__":{},${new TextDecoder().decode(encodeCanonical(batch as unknown as JsonValue)).slice(1)}`,
    );
    expect(() => parseLeaf(bytes)).toThrow(CoreError);
  });

  it("of any other JSON is refused by a typed error that does not repeat a value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          leafShape.check(value as JsonValue, "");
          expect.unreachable();
        } catch (error) {
          expect(error).toBeInstanceOf(CoreError);
        }
      }),
    );
    const canary = { ...batch, day: "canary-9f3a" };
    expect(() => leafShape.check(canary as unknown as JsonValue, "")).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("canary") }),
    );
  });
});

describe("binary text", () => {
  it("has exactly one spelling for each length from 1 to 300", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(63), (value, bits) => {
        const text = Buffer.from(value).toString("base64url");
        const one = shape.bytes(value.length);
        expect(one.check(text, "")).toBe(text);
        const other =
          text.slice(0, -1) + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[bits];
        const same = Buffer.from(other, "base64url").equals(Buffer.from(value));
        if (other !== text && same) expect(() => one.check(other, "")).toThrow(CoreError);
      }),
    );
  });
});

describe("days", () => {
  it.each(["2026-11-23", "2000-01-01", "2028-02-29", "9999-12-31"])("%s is one", (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each([
    "2026-02-29",
    "1999-12-31",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "2026-11-23 ",
    "+2026-11-23",
    "２０２６-11-23",
  ])("%s is none", (day) => expect(isDay(day)).toBe(false));
});

describe("shown text", () => {
  it.each([
    "Ada Example",
    "Zoë",
    "Ναταλία",
    "أمل",
    "שָׁלוֹם",
    "ड़ाँ",
    "ธิดา",
    "王小明",
    "O'Neill-Söder",
    "نامه‌ها",
    "D. van den Berg, PhD",
    "葛\u{e0100}飾",
  ])("%s may be shown", (name) => expect(checkShownText(name.normalize("NFC"), 100)).toBeNull());
  it.each([
    ["right-to-left override", "Ada\u202egpj.exe"],
    ["isolates", "Ada\u2066x\u2069"],
    ["zero width space", "Ada\u200bExample"],
    ["a joiner between other characters", "1\u200d2"],
    ["a byte order mark", "\ufeffAda"],
    ["soft hyphen", "A\u00adda"],
    ["a line feed", "Ada\nExample"],
    ["a tag character", "Ada\u{e0041}"],
    ["private use", "Ada\ue000"],
    ["a lone surrogate", "Ada\ud800"],
    ["an unassigned code point", "Ada\u0378"],
    ["Hangul fillers, which are drawn as nothing", "\u3164\u3164"],
    ["a grapheme joiner, which is drawn as nothing", "A\u034fda"],
    ["a variation selector behind a Latin letter", "Ad\ufe0fa"],
    ["stacked marks", "A\u0301\u0302\u0303\u0304\u0305da"],
    ["two spaces", "Ada  Example"],
    ["a no-break space", "Ada\u00a0Example"],
    ["a space at the end", "Ada "],
    ["not normalised", "Zoe\u0308"],
    ["nothing", ""],
    ["101 characters", "a".repeat(101)],
    ["10,000 characters", "𝒜".repeat(10_000)],
  ])("%s is refused", (_what, name) => expect(checkShownText(name, 100)).not.toBeNull());
});

describe("a quorum", () => {
  it.each([
    [1, 1, { forge: 0, double: 0, outage: 0 }],
    [3, 2, { forge: 1, double: 0, outage: 1 }],
    [4, 3, { forge: 2, double: 1, outage: 1 }],
    [5, 4, { forge: 3, double: 2, outage: 1 }],
  ])("of %i with %i states its bounds", (n, k, bounds) => expect(quorumBounds(n, k)).toEqual(bounds));
});
