import fc from "fast-check";
import { expect, test } from "vitest";
import { CompactRange, EMPTY_ROOT, rootOf } from "../src/index.ts";
import { codeOf, leaves } from "./support.ts";

test("the root of a range is that of the recursive definition at every size up to 130", () => {
  const hashes = leaves(130);
  const range = CompactRange.empty();
  expect(range.root()).toEqual(EMPTY_ROOT);
  for (let i = 0; i < hashes.length; i++) {
    range.append(hashes[i]!);
    expect(range.size).toBe(i + 1);
    expect(range.root()).toEqual(rootOf(hashes.slice(0, i + 1)));
  }
});

test("a range that is stored and restored at any point goes on to the same root", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (stored, more) => {
      const hashes = leaves(stored + more);
      const range = CompactRange.empty();
      for (const hash of hashes.slice(0, stored)) range.append(hash);
      const restored = CompactRange.from(stored, range.hashes());
      const fromBytes = CompactRange.fromBytes(stored, range.toBytes());
      for (const hash of hashes.slice(stored)) {
        restored.append(hash);
        fromBytes.append(hash);
      }
      expect(restored.root()).toEqual(rootOf(hashes));
      expect(fromBytes.root()).toEqual(rootOf(hashes));
      expect(range.root()).toEqual(rootOf(hashes.slice(0, stored)));
    }),
    { numRuns: 50 },
  );
});

test("a range holds one hash for each 1 bit of its size", () => {
  const range = CompactRange.empty();
  for (const hash of leaves(200)) range.append(hash);
  expect(range.hashes()).toHaveLength(3);
  expect(range.toBytes()).toHaveLength(96);
});

test("a clone and its original grow apart", () => {
  const [first, second, third] = leaves(3);
  const range = CompactRange.empty();
  range.append(first!);
  const clone = range.clone();
  range.append(second!);
  clone.append(third!);
  expect(range.root()).toEqual(rootOf([first!, second!]));
  expect(clone.root()).toEqual(rootOf([first!, third!]));
});

test("a range keeps its own memory of what goes in and comes out", () => {
  const [leaf] = leaves(1);
  const memory = new Uint8Array(leaf!);
  const range = CompactRange.empty();
  range.append(memory);
  const restored = CompactRange.from(1, [memory]);
  memory.fill(0);
  range.hashes()[0]!.fill(0);
  range.toBytes().fill(0);
  range.root().fill(0);
  expect(range.root()).toEqual(leaf);
  expect(restored.root()).toEqual(leaf);
});

test("stored hashes that do not fit the size are refused", async () => {
  const hashes = leaves(3);
  expect(await codeOf(() => CompactRange.from(4, hashes))).toBe("range-malformed");
  expect(await codeOf(() => CompactRange.from(0, hashes))).toBe("range-malformed");
  expect(await codeOf(() => CompactRange.from(1, []))).toBe("range-malformed");
  expect(await codeOf(() => CompactRange.from(1, [new Uint8Array(31)]))).toBe("hash-malformed");
  expect(await codeOf(() => CompactRange.fromBytes(1, new Uint8Array(31)))).toBe("range-malformed");
  expect(await codeOf(() => CompactRange.from(-1, []))).toBe("number-out-of-range");
  expect(await codeOf(() => CompactRange.from(2 ** 53, hashes.slice(0, 1)))).toBe("number-out-of-range");
});

test("a range beyond 32 bits grows, and a full one refuses and stays as it was", async () => {
  const [leaf, peak] = leaves(2);
  const large = CompactRange.from(2 ** 40, [peak!]);
  large.append(leaf!);
  expect(large.size).toBe(2 ** 40 + 1);
  expect(large.root()).toEqual(rootOf([peak!, leaf!]));

  const full = CompactRange.from(Number.MAX_SAFE_INTEGER, leaves(53));
  const before = full.root();
  expect(await codeOf(() => full.append(leaf!))).toBe("number-out-of-range");
  expect(await codeOf(() => full.append(new Uint8Array(5)))).toBe("hash-malformed");
  expect(full.root()).toEqual(before);
});
