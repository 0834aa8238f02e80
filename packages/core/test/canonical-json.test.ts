import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8Decode, utf8Encode } from "../src/bytes.ts";
import {
  canonicalize,
  encodeCanonical,
  type JsonValue,
  MAX_JSON_DEPTH,
  parseCanonical,
} from "../src/canonical-json.ts";

const refused = (code: string) => expect.objectContaining({ name: "CoreError", code });
const parseText = (text: string) => parseCanonical(utf8Encode(text), 1_000_000);
const read = (path: string) => readFileSync(new URL(`vectors/rfc8785/${path}`, import.meta.url));

/** Any JSON value with text in NFC; strings and keys reach beyond ASCII, and keys include `__proto__` and digits. */
const nfcText = fc
  .oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "10", "9", "", "toJSON"))
  .map((text) => text.normalize("NFC"));
const jsonValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, true, false, -0, 1e21, 5e-324),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    nfcText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(nfcText, tie("value")), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

describe("the published examples of RFC 8785", () => {
  test.each(readdirSync(new URL("vectors/rfc8785/input", import.meta.url)))(
    "%s comes out as published",
    (name) => {
      const text = canonicalize(JSON.parse(read(`input/${name}`).toString("utf8")));
      expect(text).toBe(read(`output/${name}`).toString("utf8"));
      const hex = read(`outhex/${name.replace(".json", ".txt")}`)
        .toString("utf8")
        .replace(/\s/g, "");
      expect(Buffer.from(utf8Encode(text)).toString("hex")).toBe(hex);
    },
  );

  test.each([
    [0x0000000000000000n, "0"],
    [0x8000000000000000n, "0"],
    [0x0000000000000001n, "5e-324"],
    [0x8000000000000001n, "-5e-324"],
    [0x7fefffffffffffffn, "1.7976931348623157e+308"],
    [0x4340000000000000n, "9007199254740992"],
    [0x4430000000000000n, "295147905179352830000"],
    [0x44b52d02c7e14af5n, "9.999999999999997e+22"],
    [0x44b52d02c7e14af6n, "1e+23"],
    [0x444b1ae4d6e2ef50n, "1e+21"],
    [0x3eb0c6f7a0b5ed8dn, "0.000001"],
    [0x3eb0c6f7a0b5ed8cn, "9.999999999999997e-7"],
    [0x41b3de4355555554n, "333333333.33333325"],
    [0xbecbf647612f3696n, "-0.0000033333333333333333"],
  ])("writes the number of appendix B with the bits %s as %s", (bits, text) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, bits);
    expect(canonicalize(view.getFloat64(0))).toBe(text);
  });
});

describe("canonical JSON", () => {
  test("brings back any value, and the same bytes whatever order the keys were in", () => {
    const reversed = (value: JsonValue): JsonValue => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(jsonValue, (value) => {
        const bytes = encodeCanonical(value);
        const parsed = parseCanonical(bytes, bytes.length);
        expect(encodeCanonical(parsed)).toEqual(bytes);
        expect(encodeCanonical(reversed(value))).toEqual(bytes);
        // JSON.stringify turns -0 into 0, as canonical JSON does.
        expect(parsed).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });

  test("sorts keys by UTF-16 code unit, not by code point and not by number", () => {
    const text = canonicalize({ "\uff5e": 1, "😀": 2, "10": 3, "9": 4, a: 5, B: 6 });
    expect(text).toBe('{"10":3,"9":4,"B":6,"a":5,"😀":2,"\uff5e":1}');
    expect(canonicalize(parseText(text))).toBe(text);
  });

  test("keeps a key __proto__ as a field and leaves prototypes alone", () => {
    const parsed = parseText('{"__proto__":{"admin":true},"a":1}') as Record<string, JsonValue>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed.admin).toBeUndefined();
    expect(Object.keys(parsed)).toEqual(["__proto__", "a"]);
    expect(canonicalize(parsed)).toBe('{"__proto__":{"admin":true},"a":1}');
    expect(({} as { admin?: true }).admin).toBeUndefined();
  });

  test.each([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["undefined in an object", { a: undefined }],
    ["a hole in an array", new Array(2)],
    ["a function", () => 1],
    ["a bigint", 1n],
    ["a symbol", Symbol("s")],
    ["a date", new Date(0)],
    ["bytes", new Uint8Array(2)],
    ["a map", new Map()],
    ["a boxed string", Object("s")],
    ["an object that writes itself", { toJSON: () => 1 }],
    ["half a surrogate pair", "\ud83d"],
    ["half a surrogate pair in a key", { "\ude00": 1 }],
  ])("refuses to write %s, also deep inside", (_, value) => {
    expect(() => canonicalize(value as JsonValue)).toThrow(refused("not-json"));
    expect(() => canonicalize([{ a: value as JsonValue }])).toThrow(refused("not-json"));
  });

  test("refuses to write text that is not NFC where it must be read again", () => {
    expect(() => encodeCanonical("A\u030a")).toThrow(refused("not-nfc"));
    expect(() => encodeCanonical({ "A\u030a": 1 })).toThrow(refused("not-nfc"));
    expect(canonicalize("A\u030a")).toBe('"A\u030a"');
  });
});

describe("parsing", () => {
  test.each([
    ["white space before", ' {"a":1}'],
    ["white space after", '{"a":1}\n'],
    ["white space inside", '{"a": 1}'],
    ["a byte order mark", '\ufeff{"a":1}'],
    ["keys out of order", '{"b":1,"a":2}'],
    ["digit keys in numeric order", '{"9":1,"10":2}'],
    ["a key twice", '{"a":1,"a":1}'],
    ["a key twice, one of them escaped", '{"a":1,"\\u0061":2}'],
    ["__proto__ twice", '{"__proto__":1,"__proto__":2}'],
    ["an escaped letter", '"\\u0061"'],
    ["an escaped slash", '"\\/"'],
    ["an upper-case escape", '"\\u001F"'],
    ["a long escape of a line feed", '"\\u000a"'],
    ["an escaped delete", '"\\u007f"'],
    ["an escaped pair", '"\\ud83d\\ude00"'],
    ["an escaped half of a pair", '"\\ud83d"'],
    ["1.0", "1.0"],
    ["1e2", "1e2"],
    ["1E21", "1E21"],
    ["-0", "-0"],
    ["a number beyond double precision", "9007199254740993"],
    ["a number beyond infinity", "1e400"],
    ["a comma at the end", "[1,]"],
    ["two values", "1 2"],
    ["nothing", ""],
    ["a raw control character", '"\u0001"'],
    ["NaN", "NaN"],
  ])("refuses %s", (_, text) => {
    expect(() => parseText(text)).toThrow(refused("not-canonical"));
  });

  test("refuses invalid UTF-8", () => {
    expect(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22), 10)).toThrow(refused("bad-encoding"));
  });

  test("refuses one byte more than allowed, before it reads any", () => {
    expect(parseCanonical(utf8Encode('"ab"'), 4)).toBe("ab");
    expect(() => parseCanonical(utf8Encode('"abc '), 4)).toThrow(refused("too-large"));
  });

  test("takes 32 levels and refuses 33, and does not run out of stack on many more", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    expect(canonicalize(parseText(nested(MAX_JSON_DEPTH)))).toBe(nested(MAX_JSON_DEPTH));
    expect(canonicalize(parseText(objects(MAX_JSON_DEPTH)))).toBe(objects(MAX_JSON_DEPTH));
    for (const depth of [MAX_JSON_DEPTH + 1, 100_000]) {
      expect(() => parseText(nested(depth))).toThrow(refused("too-deep"));
      expect(() => parseText(objects(depth))).toThrow(refused("too-deep"));
    }
    const cycle: JsonValue[] = [];
    cycle.push(cycle);
    expect(() => canonicalize(cycle)).toThrow(refused("too-deep"));
  });

  test.each([
    ["a string", '"A\u030a"'],
    ["a key", '{"A\u030a":1}'],
    ["a string deep inside", '{"a":["é",{"b":"e\u0301"}]}'],
    ["a compatibility form that NFC replaces", '"\u212b"'],
    ["marks out of order", '"q\u0307\u0323"'],
  ])("refuses %s that is not NFC", (_, text) => {
    expect(() => parseText(text)).toThrow(refused("not-nfc"));
  });

  test("judges NFC by the strings, not by how their escapes look beside a mark", () => {
    // Line feed, then a combining acute accent: as a file, an n with an accent; as a string, nothing to compose.
    const text = '"\\n\u0301"';
    expect(text.normalize("NFC")).not.toBe(text);
    expect(parseText(text)).toBe("\n\u0301");
  });

  test("accepts exactly the bytes that writing the value gives again, for any single change", () => {
    const change = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 2 }),
      put: fc.constantFrom(...' \n\t{}[],:"\\0-1.eEau/', "\\u0061", "\u0301", "é"),
    });
    fc.assert(
      fc.property(jsonValue, change, (value, { at, cut, put }) => {
        const text = utf8Decode(encodeCanonical(value));
        const from = at % (text.length + 1);
        const changed = text.slice(0, from) + put + text.slice(from + cut);
        let parsed: JsonValue;
        try {
          parsed = parseText(changed);
        } catch (error) {
          expect(error).toEqual(expect.objectContaining({ name: "CoreError" }));
          return;
        }
        expect(utf8Decode(encodeCanonical(parsed))).toBe(changed);
      }),
      { numRuns: 3000 },
    );
  });

  test("refuses white space at any place between tokens of any value", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const spaced = JSON.stringify(JSON.parse(canonicalize(value)), null, 1);
        if (spaced === canonicalize(value)) return;
        expect(() => parseText(spaced)).toThrow(refused("not-canonical"));
      }),
    );
  });

  test("refuses any field given twice", () => {
    fc.assert(
      fc.property(nfcText, jsonValue, jsonValue, (key, first, second) => {
        const name = canonicalize(key);
        const twice = `{${name}:${canonicalize(first)},${name}:${canonicalize(second)}}`;
        expect(() => parseText(twice)).toThrow(refused("not-canonical"));
      }),
    );
  });

  test("refuses any one character of a string written as an escape instead", () => {
    const plain = fc.string({ minLength: 1, unit: fc.constantFrom(..."abcXYZ09 <>&'=~é漢") });
    fc.assert(
      fc.property(plain, fc.nat(), (text, at) => {
        const from = at % text.length;
        const sequence = `\\u${text.charCodeAt(from).toString(16).padStart(4, "0")}`;
        const escaped = `"${text.slice(0, from)}${sequence}${text.slice(from + 1)}"`;
        expect(JSON.parse(escaped)).toBe(text);
        expect(() => parseText(escaped)).toThrow(refused("not-canonical"));
      }),
    );
  });

  test("never quotes its input in an error", () => {
    const secret = '{"mail":"ada@example.com"} trailing';
    try {
      parseText(secret);
      expect.unreachable();
    } catch (error) {
      const { message, cause, stack } = error as Error;
      expect(`${message} ${String(cause)} ${stack}`).not.toContain("ada");
    }
  });
});
