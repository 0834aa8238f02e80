import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeTile,
  encodeTile,
  entriesPath,
  newTiles,
  parseEntriesPath,
  parseTilePath,
  type TileId,
  tilePath,
  tilesOf,
} from "../src/index.ts";
import { codeOf, leaves, vectors } from "./support.ts";

const published = vectors<{
  tile_paths: { level: number; index: number; partial: number; path: string }[];
  entry_bundle_paths: { seq: number; log_size: number; path: string }[];
  parse: {
    level_str: string;
    index_str: string;
    error?: boolean;
    level?: number;
    index?: string;
    partial?: number;
  }[];
}>("tlog-notes/tile-paths.json");

describe("published tile paths", () => {
  test("are all there", () => {
    expect(
      [published.tile_paths, published.entry_bundle_paths, published.parse].map((list) => list.length),
    ).toEqual([5, 7, 19]);
  });

  test.each(published.tile_paths)("$path is written", ({ level, index, partial, path }) => {
    expect(tilePath(level, index, partial === 0 ? 256 : partial)).toBe(path);
  });

  test.each(published.entry_bundle_paths)(
    "$path holds entry $seq of $log_size",
    ({ seq, log_size, path }) => {
      const index = Math.floor(seq / 256);
      expect(entriesPath(index, Math.min(256, log_size - index * 256))).toBe(path);
    },
  );

  test.each(published.parse)("$level_str and $index_str are parsed as published", async (vector) => {
    const parse = () => parseTilePath(vector.level_str, vector.index_str);
    if (vector.error === true) {
      expect(await codeOf(parse)).toBe("tile-path-malformed");
    } else {
      const width = vector.partial === 0 ? 256 : vector.partial;
      expect(parse()).toEqual({ level: vector.level, index: BigInt(vector.index!), width });
      expect(tilePath(vector.level!, BigInt(vector.index!), width)).toBe(
        `tile/${vector.level_str}/${vector.index_str}`,
      );
    }
  });
});

test.each([
  ["a leading group of zeros", "0", "x000/001"],
  ["a width with a leading zero", "0", "001.p/01"],
  ["a width of zero", "0", "001.p/0"],
  ["a level with a leading zero", "00", "001"],
  ["an empty level", "", "001"],
  ["an empty index", "0", ""],
  ["a leading slash", "0", "/001"],
  ["a trailing line feed", "0", "001\n"],
  ["a line feed after the level", "0\n", "001"],
  ["a step out of the folder", "0", "../../001"],
  ["an upper-case X", "0", "X001/002"],
  ["digits of another script", "0", "\u0660\u0660\u0661"],
])("a path with %s is refused", async (_, level, index) => {
  expect(await codeOf(() => parseTilePath(level, index))).toBe("tile-path-malformed");
});

test("every path that is written is parsed back, and only under its own spelling", () => {
  const index = fc.oneof(fc.nat(2000), fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }));
  fc.assert(
    fc.property(fc.nat(63), index, fc.integer({ min: 1, max: 256 }), (level, number, width) => {
      const path = tilePath(level, number, width);
      const [, levelStr, ...rest] = path.split("/");
      expect(parseTilePath(levelStr!, rest.join("/"))).toEqual({ level, index: BigInt(number), width });
      expect(parseEntriesPath(entriesPath(number, width).slice("tile/entries/".length))).toEqual({
        index: BigInt(number),
        width,
      });
    }),
  );
});

test("paths of tiles that cannot exist are not written", async () => {
  for (const run of [
    () => tilePath(64, 0),
    () => tilePath(-1, 0),
    () => tilePath(0.5, 0),
    () => tilePath(0, -1),
    () => tilePath(0, 2 ** 53),
    () => tilePath(0, -1n),
    () => tilePath(0, 1_000_000_000_000_000_000n),
    () => tilePath(0, 0, 0),
    () => tilePath(0, 0, 257),
    () => entriesPath(0, Number.NaN),
  ]) {
    expect(await codeOf(run)).toBe("number-out-of-range");
  }
});

/** Straight from the specification, level by level, with BigInt. */
function bruteForceTiles(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; level < 8; level++) {
    const hashes = BigInt(size) / 256n ** BigInt(level);
    for (let index = 0n; index * 256n < hashes; index++) {
      const width = hashes - index * 256n;
      tiles.push({ level, index: Number(index), width: width > 256n ? 256 : Number(width) });
    }
  }
  return tiles;
}

const sizes = fc.oneof(
  fc.nat(1000),
  fc.nat(200_000),
  fc.constantFrom(0, 255, 256, 257, 65_535, 65_536, 65_537),
);

test("the tiles of any size are those of the specification", () => {
  fc.assert(
    fc.property(sizes, (size) => {
      expect([...tilesOf(size)]).toEqual(bruteForceTiles(size));
    }),
  );
});

test("the tiles of a growth are those that the new tree has and the old one has not", () => {
  fc.assert(
    fc.property(sizes, sizes, (a, b) => {
      const [before, after] = a < b ? [a, b] : [b, a];
      const name = ({ level, index, width }: TileId) => tilePath(level, index, width);
      const old = new Set(bruteForceTiles(before).map(name));
      expect([...newTiles(before, after)].map(name)).toEqual(
        bruteForceTiles(after)
          .map(name)
          .filter((path) => !old.has(path)),
      );
    }),
  );
});

test("256 leaves make one full tile and a partial one above it", () => {
  expect([...tilesOf(256)].map(({ level, index, width }) => tilePath(level, index, width))).toEqual([
    "tile/0/000",
    "tile/1/000.p/1",
  ]);
});

test("the largest size has tiles on seven levels, found without walking all of them", () => {
  const last = [...newTiles(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER)];
  expect(last).toEqual([{ level: 0, index: 2 ** 45 - 1, width: 255 }]);
  expect([...newTiles(2 ** 48 - 1, 2 ** 48)].map(({ level }) => level)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a log that would shrink is refused", async () => {
  expect(await codeOf(() => [...newTiles(2, 1)])).toBe("number-out-of-range");
  expect(await codeOf(() => [...tilesOf(-1)])).toBe("number-out-of-range");
  expect(await codeOf(() => [...tilesOf(2 ** 53)])).toBe("number-out-of-range");
});

test("a hash tile has 32 bytes a hash and nothing else", async () => {
  const hashes = leaves(256);
  const tile = encodeTile(hashes);
  expect(tile).toHaveLength(8192);
  expect(decodeTile(tile, 256)).toEqual(hashes);
  expect(decodeTile(encodeTile(hashes.slice(0, 3)), 3)).toEqual(hashes.slice(0, 3));
  expect(await codeOf(() => decodeTile(tile, 255))).toBe("tile-malformed");
  expect(await codeOf(() => decodeTile(tile.slice(1), 256))).toBe("tile-malformed");
  expect(await codeOf(() => decodeTile(new Uint8Array(0), 1))).toBe("tile-malformed");
  expect(await codeOf(() => decodeTile(new Uint8Array(0), 0))).toBe("number-out-of-range");
  expect(await codeOf(() => encodeTile([]))).toBe("number-out-of-range");
  expect(await codeOf(() => encodeTile(leaves(257)))).toBe("number-out-of-range");
  expect(await codeOf(() => encodeTile([new Uint8Array(31)]))).toBe("hash-malformed");
});

test("hashes out of a Buffer do not change with it", () => {
  const buffer = Buffer.from(encodeTile(leaves(2)));
  const [first] = decodeTile(buffer, 2);
  buffer.fill(0);
  expect(first).toStrictEqual(leaves(1)[0]);
});
