import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeEntries, encodeEntries } from "../src/index.ts";
import { codeOf } from "./support.ts";

test("a bundle has a two-byte big-endian length before each entry", () => {
  const long = new Uint8Array(0x0102).fill(9);
  expect(encodeEntries([Uint8Array.of(7, 8), new Uint8Array(0), long])).toStrictEqual(
    Uint8Array.of(0, 2, 7, 8, 0, 0, 1, 2, ...long),
  );
});

test("any entries come back as they went in", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 }), (entries) => {
      const plain = entries.map((entry) => new Uint8Array(entry));
      expect(decodeEntries(encodeEntries(plain), plain.length)).toStrictEqual(plain);
    }),
    { numRuns: 30 },
  );
});

test("an entry of 65,535 bytes fits and one byte more does not", async () => {
  const largest = new Uint8Array(65_535).fill(1);
  expect(decodeEntries(encodeEntries([largest]), 1)).toStrictEqual([largest]);
  expect(await codeOf(() => encodeEntries([new Uint8Array(65_536)]))).toBe("entry-too-large");
});

test("a bundle that is cut at any byte, or has any byte more, is refused", async () => {
  const bundle = encodeEntries([Uint8Array.of(1, 2), Uint8Array.of(3), new Uint8Array(0)]);
  for (let length = 0; length < bundle.length; length++) {
    expect(await codeOf(() => decodeEntries(bundle.slice(0, length), 3))).toBe("bundle-malformed");
  }
  expect(await codeOf(() => decodeEntries(Uint8Array.of(...bundle, 0), 3))).toBe("bundle-malformed");
});

test("a bundle with another number of entries is refused", async () => {
  const bundle = encodeEntries([Uint8Array.of(1), Uint8Array.of(2)]);
  expect(await codeOf(() => decodeEntries(bundle, 1))).toBe("bundle-malformed");
  expect(await codeOf(() => decodeEntries(bundle, 3))).toBe("bundle-malformed");
  expect(await codeOf(() => decodeEntries(new Uint8Array(0), 0))).toBe("number-out-of-range");
  expect(await codeOf(() => encodeEntries([]))).toBe("number-out-of-range");
  expect(await codeOf(() => encodeEntries(Array(257).fill(new Uint8Array(1))))).toBe("number-out-of-range");
});

test("entries out of a Buffer do not change with it", () => {
  const buffer = Buffer.from(encodeEntries([Uint8Array.of(5, 6)]));
  const [entry] = decodeEntries(buffer, 1);
  buffer.fill(0);
  expect(entry).toStrictEqual(Uint8Array.of(5, 6));
});
