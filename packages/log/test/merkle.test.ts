import { describe, expect, test } from "vitest";
import { EMPTY_ROOT, leafHash, nodeHash, rootOf } from "../src/index.ts";
import { codeOf, fromHex, toHex, vectors } from "./support.ts";

const tree = vectors<{
  leaf_inputs_hex: string[];
  node_hashes_hex_by_level: string[][];
  empty_root_hex: string;
  root_hashes_hex_size1to8: string[];
}>("rfc6962-merkle/reference-tree.json");

describe("the reference tree of eight leaves", () => {
  const hashes = tree.leaf_inputs_hex.map((input) => leafHash(fromHex(input)));

  test("has the published leaf hashes", () => {
    expect(hashes.map(toHex)).toEqual(tree.node_hashes_hex_by_level[0]);
  });

  test("has the published interior nodes on every level", () => {
    let row = hashes;
    for (const expected of tree.node_hashes_hex_by_level.slice(1)) {
      row = expected.map((_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
      expect(row.map(toHex)).toEqual(expected);
    }
    expect(row).toHaveLength(1);
  });

  test("has the published root at every size from 0 to 8", () => {
    expect(toHex(EMPTY_ROOT)).toBe(tree.empty_root_hex);
    expect(toHex(rootOf([]))).toBe(tree.empty_root_hex);
    expect(hashes.map((_, i) => toHex(rootOf(hashes.slice(0, i + 1))))).toEqual(
      tree.root_hashes_hex_size1to8,
    );
  });
});

test("a leaf is never hashed like an interior node", () => {
  const left = leafHash(Uint8Array.of(1));
  const right = leafHash(Uint8Array.of(2));
  const disguised = new Uint8Array(64);
  disguised.set(left);
  disguised.set(right, 32);
  expect(leafHash(disguised)).not.toEqual(nodeHash(left, right));
});

test("hashes that are not 32 bytes are refused", async () => {
  const hash = leafHash(Uint8Array.of(1));
  expect(await codeOf(() => nodeHash(hash, hash.slice(1)))).toBe("hash-malformed");
  expect(await codeOf(() => nodeHash(new Uint8Array(33), hash))).toBe("hash-malformed");
  expect(await codeOf(() => rootOf([new Uint8Array(31)]))).toBe("hash-malformed");
});

test("a root that is handed out does not share memory with its source", () => {
  const hash = leafHash(Uint8Array.of(1));
  rootOf([hash]).fill(0);
  rootOf([]).fill(0);
  expect(toHex(hash)).toBe("b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2");
  expect(toHex(EMPTY_ROOT)).toBe(tree.empty_root_hex);
});
