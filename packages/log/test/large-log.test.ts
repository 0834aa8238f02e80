import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  CompactRange,
  EMPTY_EDGE,
  growEdge,
  proveConsistency,
  proveInclusion,
  rootOf,
  tilesOf,
  verifyConsistency,
  verifyInclusion,
} from "../src/index.ts";
import { leaves, readerOf, toHex } from "./support.ts";

const SIZE = 70_000;
const hashes = leaves(SIZE);
// From a naive program in another language: the root, and SHA-256 over path LF bytes of every tile, bottom-up.
const ROOT = "2ada5416b310d7872af63b55fe09973a8be07991cdc6c2a9d0af8227c791220c";
const TILES = "8344601eea1b8cb5aa3a13a687f811587069128d7f493f641af8f976e715b34e";

test("a log of 70,000 leaves has the tiles of the specification, and its proofs verify", async () => {
  const first = growEdge(EMPTY_EDGE, hashes.slice(0, 65_000));
  const second = growEdge(first.edge, hashes.slice(65_000));
  const files = new Map([...first.tiles, ...second.tiles]);
  const root = second.root;
  expect(toHex(root)).toBe(ROOT);
  expect(root).toEqual(rootOf(hashes));
  const range = CompactRange.empty();
  for (const hash of hashes) range.append(hash);
  expect(root).toEqual(range.root());

  const counts: Record<string, number> = {};
  for (const { level, width } of tilesOf(SIZE)) {
    const kind = width === 256 ? `L${level} full` : `L${level} .p/${width}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  expect(counts).toEqual({ "L0 full": 273, "L0 .p/112": 1, "L1 full": 1, "L1 .p/17": 1, "L2 .p/1": 1 });
  const grownAtOnce = growEdge(EMPTY_EDGE, hashes).tiles;
  expect(grownAtOnce.size).toBe(277);
  const digest = createHash("sha256");
  for (const [path, tile] of grownAtOnce) digest.update(`${path}\n`).update(tile);
  expect(digest.digest("hex")).toBe(TILES);
  for (const [path, tile] of grownAtOnce) expect(Buffer.compare(files.get(path)!, tile)).toBe(0);
  expect(files.get("tile/2/000.p/1")).toEqual(rootOf(hashes.slice(0, 65_536)));

  const reader = readerOf(files);
  for (const index of [0, 1, 255, 256, 257, 32_767, 65_535, 65_536, 65_791, 69_887, 69_888, 69_999]) {
    const proof = await proveInclusion(index, SIZE, reader);
    expect(verifyInclusion({ leafHash: hashes[index]!, index, size: SIZE, proof, root })).toBe(true);
    expect(verifyInclusion({ leafHash: hashes[index]!, index: index ^ 1, size: SIZE, proof, root })).toBe(
      false,
    );
  }
  for (const size1 of [1, 2, 255, 256, 257, 4096, 65_000, 65_535, 65_536, 65_537, 69_888, 69_999, SIZE]) {
    const proof = await proveConsistency(size1, SIZE, reader);
    const root1 = rootOf(hashes.slice(0, size1));
    expect(verifyConsistency({ size1, size2: SIZE, root1, root2: root, proof })).toBe(true);
    const other = rootOf(hashes.slice(1, size1 + 1));
    if (size1 < SIZE)
      expect(verifyConsistency({ size1, size2: SIZE, root1: other, root2: root, proof })).toBe(false);
  }
});
