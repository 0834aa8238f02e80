import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as native from "../src/bytes.ts";
import {
  bytesToBigInt,
  compareBytes,
  concatBytes,
  decodeHex,
  encodeHex,
  equalBytes,
  utf8Decode,
  utf8Encode,
} from "../src/bytes.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
const refused = (code: string) => expect.objectContaining({ name: "CoreError", code });

/** The module as an engine without Uint8Array.fromBase64 and toBase64 loads it. */
async function withoutNativeBase64(): Promise<typeof native> {
  const { toBase64 } = Uint8Array.prototype;
  const { fromBase64 } = Uint8Array;
  vi.resetModules();
  Object.assign(Uint8Array.prototype, { toBase64: undefined });
  Object.assign(Uint8Array, { fromBase64: undefined });
  try {
    return await import("../src/bytes.ts");
  } finally {
    Object.assign(Uint8Array.prototype, { toBase64 });
    Object.assign(Uint8Array, { fromBase64 });
  }
}

afterEach(() => vi.resetModules());

const engines = [
  ["with the engine's own base64", async () => native],
  ["without it", withoutNativeBase64],
] as const;

describe.each(engines)("base64url, %s", (_, load) => {
  test("agrees with Node's Buffer on any bytes, both ways", async () => {
    const { decodeBase64url, encodeBase64url } = await load();
    fc.assert(
      fc.property(bytes, (value) => {
        const text = Buffer.from(value).toString("base64url");
        expect(encodeBase64url(value)).toBe(text);
        expect(encodeHex(decodeBase64url(text, value.length))).toBe(encodeHex(value));
      }),
    );
  });

  test("accepts a text only if encoding its bytes gives that text again", async () => {
    const { decodeBase64url, encodeBase64url } = await load();
    const odd = fc.constantFrom(
      "A",
      "Q",
      "g",
      "w",
      "-",
      "_",
      "+",
      "/",
      "=",
      " ",
      "\n",
      "\t",
      "é",
      "\ud800",
      "9",
    );
    const text = fc.array(odd, { maxLength: 200 }).map((chars) => chars.join(""));
    fc.assert(
      fc.property(text, (candidate) => {
        let decoded: Uint8Array;
        try {
          decoded = decodeBase64url(candidate);
        } catch (error) {
          expect(error).toEqual(refused("bad-encoding"));
          return;
        }
        expect(encodeBase64url(decoded)).toBe(candidate);
      }),
      { numRuns: 2000 },
    );
  });

  const short = "AAECAw";
  const long = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString("base64url");
  test.each([
    ["padding", "AAECAw==", `${long}==`],
    ["the standard alphabet", "+/ECAw", `+/${long.slice(2)}`],
    ["white space inside", "AAE CAw", `${long.slice(0, 9)} ${long.slice(9)}`],
    ["white space in place of a character", "AA CAw", `${long.slice(0, 9)}\n${long.slice(10)}`],
    ["trailing bits that are not zero", "AAECAx", `${long.slice(0, -1)}9`],
    ["a length that no byte string has", "AAECA", long.slice(0, -1)],
    ["a character beyond ASCII", "AAECAé", `${long.slice(0, -1)}é`],
  ])("refuses %s", async (_, shortText, longText) => {
    const { decodeBase64url } = await load();
    expect(Array.from(decodeBase64url(short))).toEqual([0, 1, 2, 3]);
    expect(decodeBase64url(long)).toHaveLength(256);
    expect(() => decodeBase64url(shortText)).toThrow(refused("bad-encoding"));
    expect(() => decodeBase64url(longText)).toThrow(refused("bad-encoding"));
  });

  test("refuses another length than the one asked for", async () => {
    const { decodeBase64url } = await load();
    expect(decodeBase64url(short, 4)).toHaveLength(4);
    expect(() => decodeBase64url(short, 3)).toThrow(refused("bad-length"));
    expect(() => decodeBase64url("", 1)).toThrow(refused("bad-length"));
  });
});

describe("hex", () => {
  test("agrees with Node's Buffer on any bytes, both ways", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = Buffer.from(value).toString("hex");
        expect(encodeHex(value)).toBe(text);
        expect(Buffer.from(decodeHex(text)).equals(value)).toBe(true);
      }),
    );
  });

  test.each(["0", "0A", "0x00", "0g", " 00 ", "0é"])("refuses %j", (text) => {
    expect(() => decodeHex(text)).toThrow(refused("bad-encoding"));
  });

  test("refuses another length than the one asked for", () => {
    expect(() => decodeHex("0011", 1)).toThrow(refused("bad-length"));
  });
});

describe("byte strings", () => {
  test("are joined in order", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
        expect(Buffer.concat(parts).equals(concatBytes(...parts))).toBe(true);
      }),
    );
  });

  test("are equal exactly when Buffer says so, and ordered as Buffer orders them", () => {
    const few = fc.uint8Array({ maxLength: 3, max: 2 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(b));
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
      { numRuns: 1000 },
    );
  });

  test("are big-endian numbers", () => {
    expect(bytesToBigInt(new Uint8Array())).toBe(0n);
    expect(bytesToBigInt(Uint8Array.of(1, 0, 0xff))).toBe(0x0100ffn);
  });
});

describe("UTF-8", () => {
  test("brings back any well-formed text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Decode(utf8Encode(text))).toBe(text);
      }),
    );
  });

  test("keeps a byte order mark, so that two byte strings never give one text", () => {
    expect(utf8Decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe("\ufeffA");
  });

  test.each([
    ["a stray continuation byte", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a number above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["a cut sequence", [0x41, 0xe2, 0x82]],
  ])("refuses %s, and still reads the next text", (_, bad) => {
    expect(() => utf8Decode(Uint8Array.from(bad))).toThrow(refused("bad-encoding"));
    expect(utf8Decode(Uint8Array.of(0x42))).toBe("B");
  });

  test("refuses to encode half of a surrogate pair", () => {
    expect(() => utf8Encode("a\ud800")).toThrow(refused("bad-encoding"));
  });
});
