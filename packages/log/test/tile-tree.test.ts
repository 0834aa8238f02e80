import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendLeaves,
  CompactRange,
  EMPTY_EDGE,
  EMPTY_ROOT,
  growEdge,
  loadEdge,
  newTiles,
  proveConsistency,
  proveInclusion,
  type RightEdge,
  rangeOfEdge,
  rootFromTiles,
  rootOf,
  tilePath,
  verifyConsistency,
  verifyInclusion,
} from "../src/index.ts";
import { codeOf, flipBit, leaves, readerOf } from "./support.ts";

/** A log that grew in one step. */
function grown(hashes: readonly Uint8Array[]): Map<string, Uint8Array> {
  return new Map(growEdge(EMPTY_EDGE, hashes).tiles);
}

const chunkSizes = fc.array(fc.oneof(fc.nat(5), fc.nat(300), fc.constantFrom(255, 256, 257)), {
  maxLength: 6,
});

test("compact range, recursive definition and tiles that grow by random steps give one root", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), chunkSizes, async (seed, chunks) => {
      const hashes = leaves(
        chunks.reduce((sum, chunk) => sum + chunk, 0),
        seed,
      );
      const range = CompactRange.empty();
      const stored = new Map<string, Uint8Array>();
      const reader = readerOf(stored);
      let edge: RightEdge = EMPTY_EDGE;
      let size = 0;
      let root = EMPTY_ROOT;
      for (const chunk of chunks) {
        const added = hashes.slice(size, size + chunk);
        const kept = growEdge(edge, added);
        const growth = await appendLeaves({ size, leafHashes: added, reader, root });
        expect(growth).toEqual(kept);
        expect([...growth.tiles.keys()]).toEqual(
          [...newTiles(size, size + chunk)].map(({ level, index, width }) => tilePath(level, index, width)),
        );
        for (const [path, tile] of growth.tiles) stored.set(path, tile);
        for (const hash of added) range.append(hash);
        edge = kept.edge;
        root = growth.root;
        size += chunk;
        expect(root).toEqual(range.root());
        expect(root).toEqual(rootOf(hashes.slice(0, size)));
        expect(await rootFromTiles(size, reader)).toEqual(root);
        expect(rangeOfEdge(edge).hashes()).toEqual(range.hashes());
      }
      // What a log that grew at once has, a log that grew by steps has byte for byte.
      for (const [path, tile] of grown(hashes)) expect(stored.get(path)).toEqual(tile);
    }),
    { numRuns: 40 },
  );
});

test("appending reads only the partial tiles of the right edge", async () => {
  const reader = readerOf(grown(leaves(600)));
  await appendLeaves({ size: 600, leafHashes: leaves(300, "more"), reader });
  expect(reader.asked.toSorted()).toEqual(["tile/0/002.p/88", "tile/1/000.p/2"]);

  const whole = readerOf(grown(leaves(512)));
  await appendLeaves({ size: 512, leafHashes: leaves(1, "more"), reader: whole });
  expect(whole.asked).toEqual(["tile/1/000.p/2"]);
});

test("an edge stays as it was when it is grown from, and when the caller reuses the leaf's memory", () => {
  const [first, second] = leaves(2);
  const memory = new Uint8Array(first!);
  const before = growEdge(EMPTY_EDGE, [memory]).edge;
  memory.fill(0);
  growEdge(before, [second!]);
  expect(before).toEqual({ size: 1, levels: [[first]] });
});

test("appending onto tiles that do not have the signed root is refused", async () => {
  const hashes = leaves(300);
  const files = grown(hashes);
  const root = rootOf(hashes);
  const append = (tiles: Map<string, Uint8Array>) =>
    appendLeaves({ size: 300, leafHashes: leaves(1), reader: readerOf(tiles), root });
  expect(await codeOf(() => append(files))).toBe("nothing thrown");
  for (const path of ["tile/0/001.p/44", "tile/1/000.p/1"]) {
    const damaged = new Map(files).set(path, flipBit(files.get(path)!, 9));
    expect(await codeOf(() => append(damaged))).toBe("root-mismatch");
  }
});

test("an edge whose levels do not fit its size is refused", async () => {
  const { edge } = growEdge(EMPTY_EDGE, leaves(300));
  for (const bad of [
    { size: 301, levels: edge.levels },
    { size: 300, levels: edge.levels.slice(1) },
    { size: 300, levels: [...edge.levels, []] },
    { size: 0, levels: edge.levels },
  ]) {
    expect(await codeOf(() => growEdge(bad, leaves(1)))).toBe("range-malformed");
  }
  expect(await codeOf(() => growEdge(edge, [new Uint8Array(31)]))).toBe("hash-malformed");
});

describe("proofs out of tiles", () => {
  test("of every leaf and every earlier size verify, for all sizes up to 40", async () => {
    const hashes = leaves(40);
    for (let size = 1; size <= hashes.length; size++) {
      const reader = readerOf(grown(hashes.slice(0, size)));
      const root = rootOf(hashes.slice(0, size));
      for (let index = 0; index < size; index++) {
        const proof = await proveInclusion(index, size, reader);
        expect(verifyInclusion({ leafHash: hashes[index]!, index, size, proof, root })).toBe(true);
        const proof2 = await proveConsistency(index + 1, size, reader);
        const root1 = rootOf(hashes.slice(0, index + 1));
        expect(verifyConsistency({ size1: index + 1, size2: size, root1, root2: root, proof: proof2 })).toBe(
          true,
        );
      }
    }
  });

  test("verify in larger trees, and fail with any bit of them changed", async () => {
    const all = leaves(1100);
    const size = fc.oneof(fc.integer({ min: 2, max: 1100 }), fc.constantFrom(255, 256, 257, 512, 513, 1024));
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), fc.nat(255), async (size2, pickIndex, pickItem, bit) => {
        const hashes = all.slice(0, size2);
        const reader = readerOf(grown(hashes));
        const root = rootOf(hashes);
        const index = pickIndex % size2;

        const inclusion = [hashes[index]!, root, ...(await proveInclusion(index, size2, reader))];
        const included = ([leaf, root, ...proof]: Uint8Array[]) =>
          verifyInclusion({ leafHash: leaf!, index, size: size2, proof, root: root! });
        expect(included(inclusion)).toBe(true);
        const changed = pickItem % inclusion.length;
        expect(included(inclusion.with(changed, flipBit(inclusion[changed]!, bit)))).toBe(false);

        const size1 = index + 1;
        const root1 = rootOf(hashes.slice(0, size1));
        const consistency = [root1, root, ...(await proveConsistency(size1, size2, reader))];
        const consistent = ([root1, root2, ...proof]: Uint8Array[]) =>
          verifyConsistency({ size1, size2, root1: root1!, root2: root2!, proof });
        expect(consistent(consistency)).toBe(true);
        const altered = pickItem % consistency.length;
        expect(consistent(consistency.with(altered, flipBit(consistency[altered]!, bit)))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("fail with each single bit changed, in all trees up to 9 leaves", async () => {
    const hashes = leaves(9);
    for (let size = 1; size <= 9; size++) {
      const reader = readerOf(grown(hashes.slice(0, size)));
      const root = rootOf(hashes.slice(0, size));
      for (let index = 0; index < size; index++) {
        const parts = [hashes[index]!, root, ...(await proveInclusion(index, size, reader))];
        const size1 = index + 1;
        const root1 = rootOf(hashes.slice(0, size1));
        const parts2 = [root1, root, ...(await proveConsistency(size1, size, reader))];
        let accepted = 0;
        for (let bit = 0; bit < 256; bit++) {
          for (let item = 0; item < parts.length; item++) {
            const [leaf, root, ...proof] = parts.with(item, flipBit(parts[item]!, bit));
            if (verifyInclusion({ leafHash: leaf!, index, size, proof, root: root! })) accepted++;
          }
          for (let item = 0; item < parts2.length; item++) {
            const [root1, root2, ...proof] = parts2.with(item, flipBit(parts2[item]!, bit));
            if (verifyConsistency({ size1, size2: size, root1: root1!, root2: root2!, proof })) accepted++;
          }
        }
        expect(accepted).toBe(0);
      }
    }
  });

  test("fail with a hash missing, doubled, added or out of place", async () => {
    const hashes = leaves(27);
    const reader = readerOf(grown(hashes));
    const root2 = rootOf(hashes);
    const root1 = rootOf(hashes.slice(0, 13));
    const inclusion = await proveInclusion(12, 27, reader);
    const consistency = await proveConsistency(13, 27, reader);
    const alter = (proof: Uint8Array[]): Uint8Array[][] => [
      ...proof.map((_, i) => proof.toSpliced(i, 1)),
      ...proof.map((hash, i) => proof.toSpliced(i, 0, hash)),
      ...proof.slice(1).map((_, i) => proof.with(i, proof[i + 1]!).with(i + 1, proof[i]!)),
      [...proof, root2],
      [],
    ];
    for (const proof of alter(inclusion)) {
      expect(verifyInclusion({ leafHash: hashes[12]!, index: 12, size: 27, proof, root: root2 })).toBe(false);
    }
    for (const proof of alter(consistency)) {
      expect(verifyConsistency({ size1: 13, size2: 27, root1, root2, proof })).toBe(false);
    }
  });

  test("of a leaf fail for every other index", async () => {
    const hashes = leaves(21);
    const reader = readerOf(grown(hashes));
    const root = rootOf(hashes);
    const proof = await proveInclusion(17, 21, reader);
    const accepted = hashes.keys().filter((index) => {
      return verifyInclusion({ leafHash: hashes[17]!, index, size: 21, proof, root });
    });
    expect([...accepted]).toEqual([17]);
  });

  test("read every tile once, and the full tile where the partial one is gone", async () => {
    const later = grown(leaves(600));
    const reader = readerOf(later);
    const size = 300;
    const hashes = leaves(size);
    // Of size 300, the later log still has the full tile 0/000; 0/001.p/44 and 1/000.p/1 are gone.
    later.set("tile/1/000", new Uint8Array(8192));
    later.get("tile/1/000")!.set(later.get("tile/1/000.p/2")!);
    const proof = await proveInclusion(299, size, reader);
    expect(verifyInclusion({ leafHash: hashes[299]!, index: 299, size, proof, root: rootOf(hashes) })).toBe(
      true,
    );
    expect(reader.asked.toSorted()).toEqual([
      "tile/0/001",
      "tile/0/001.p/44",
      "tile/1/000",
      "tile/1/000.p/1",
    ]);
    expect(await rootFromTiles(size, reader)).toEqual(rootOf(hashes));
  });

  test("say that a tile is missing, and keep the reader's error", async () => {
    const failure = proveInclusion(0, 300, readerOf(new Map()));
    await expect(failure).rejects.toMatchObject({ code: "tile-unavailable", cause: new Error("not found") });
    expect(await codeOf(() => loadEdge(3, readerOf(new Map())))).toBe("tile-unavailable");
  });

  test("refuse a tile of the wrong length rather than read past it", async () => {
    const files = grown(leaves(3));
    const tile = files.get("tile/0/000.p/3")!;
    for (const bad of [
      new Uint8Array(0),
      tile.slice(0, 64),
      new Uint8Array(8192),
      Uint8Array.of(...tile, 0),
    ]) {
      files.set("tile/0/000.p/3", bad);
      expect(await codeOf(() => proveInclusion(0, 3, readerOf(files)))).toBe("tile-malformed");
      expect(await codeOf(() => rootFromTiles(3, readerOf(files)))).toBe("tile-malformed");
    }
  });

  test("are not made for what a tree does not have", async () => {
    const reader = readerOf(grown(leaves(3)));
    for (const run of [
      () => proveInclusion(3, 3, reader),
      () => proveInclusion(0, 0, reader),
      () => proveInclusion(-1, 3, reader),
      () => proveInclusion(0.5, 3, reader),
      () => proveInclusion(0, 2 ** 53, reader),
      () => proveConsistency(0, 3, reader),
      () => proveConsistency(3, 2, reader),
      () => proveConsistency(1, 2 ** 53, reader),
      () => rootFromTiles(-1, reader),
    ]) {
      expect(await codeOf(run)).toBe("number-out-of-range");
    }
    expect(reader.asked).toEqual([]);
  });
});

test("an empty tree has the empty root, no tiles and no edge", async () => {
  const reader = readerOf(new Map());
  expect(await rootFromTiles(0, reader)).toEqual(EMPTY_ROOT);
  const growth = await appendLeaves({ size: 0, leafHashes: [], reader, root: EMPTY_ROOT });
  expect(growth).toEqual({ edge: EMPTY_EDGE, root: EMPTY_ROOT, tiles: new Map() });
  expect(reader.asked).toEqual([]);
});
