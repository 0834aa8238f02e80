/**
 * Growing a tree, and proofs out of it, by its tiles (C2SP tlog-tiles). The store behind the reader is not trusted:
 * whoever needs certainty compares a root with a signed one, or verifies the proof that is made here.
 */
import { equalBytes } from "./bytes.ts";
import { LogError } from "./errors.ts";
import { foldPeaks, rootOf } from "./merkle.ts";
import { isCount, requireCount, splitPoint } from "./numbers.ts";
import { edgeWidths, type Growth, growEdge, type RightEdge, rangeOfEdge } from "./right-edge.ts";
import { decodeTile, levelLength, TILE_WIDTH, tilePath } from "./tiles.ts";

/**
 * The bytes at a path such as `tile/0/x001/234.p/17`. Rejects when there is nothing at it; several reads may be
 * under way at once, never two of one path in one call.
 */
export type TileReader = (path: string) => Promise<Uint8Array>;

export interface Append {
  /** The size of the tree that the reader's tiles hold. */
  readonly size: number;
  readonly leafHashes: readonly Uint8Array[];
  readonly reader: TileReader;
  /** The root last signed at `size`. With it, damaged tiles are refused with `root-mismatch` instead of built upon. */
  readonly root?: Uint8Array;
}

/**
 * The tiles, the root and the edge after appending. Reads only the partial tiles of the right edge and writes
 * nothing: make the tiles durable in their order, then sign and publish the checkpoint.
 */
export async function appendLeaves({ size, leafHashes, reader, root }: Append): Promise<Growth> {
  const edge = await loadEdge(size, reader);
  if (root !== undefined && !equalBytes(rangeOfEdge(edge).root(), root)) {
    throw new LogError(
      "root-mismatch",
      "The stored tiles do not match the signed root: restore them, append nothing.",
    );
  }
  return growEdge(edge, leafHashes);
}

/** The right edge of the tree of this size: one partial tile a level at the most. */
export async function loadEdge(size: number, reader: TileReader): Promise<RightEdge> {
  requireCount(size);
  const levels = edgeWidths(size).map((width, level) => {
    if (width === 0) return [];
    return readTile(reader, level, Math.floor(levelLength(level, size) / TILE_WIDTH), width);
  });
  return { size, levels: await Promise.all(levels) };
}

/**
 * The root that the right-edge tiles amount to. The full tiles below are not read, so this says nothing of them.
 */
export async function rootFromTiles(size: number, reader: TileReader): Promise<Uint8Array> {
  return rangeOfEdge(await loadEdge(size, reader)).root();
}

/**
 * RFC 6962 section 2.1.1: the path of leaf `index` in the tree of `size`, for verifyInclusion(). Reads the tiles of
 * that tree; damaged tiles give a proof that does not verify.
 */
export async function proveInclusion(index: number, size: number, reader: TileReader): Promise<Uint8Array[]> {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new LogError("number-out-of-range", "Pass an index below the tree's size.");
  }
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
    }
  }
  return hashRanges(ranges.toReversed(), size, reader);
}

/**
 * RFC 6962 section 2.1.2: that the tree of size2 extends that of size1, for verifyConsistency(). Empty for equal
 * sizes. Throws `number-out-of-range` unless 0 < size1 <= size2.
 */
export async function proveConsistency(
  size1: number,
  size2: number,
  reader: TileReader,
): Promise<Uint8Array[]> {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) {
    throw new LogError("number-out-of-range", "Pass two sizes, the smaller one first and above 0.");
  }
  const ranges: Range[] = [];
  let start = 0;
  let end = size2;
  while (end !== size1) {
    const middle = start + splitPoint(end - start);
    if (size1 <= middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
    }
  }
  // The verifier has the old root already; from a subtree of the old tree it needs the hash.
  if (start > 0) ranges.push([start, end]);
  return hashRanges(ranges.toReversed(), size2, reader);
}

/** Leaves from the first up to, not including, the second; the first is a multiple of a power of two >= the span. */
type Range = readonly [number, number];

async function hashRanges(ranges: readonly Range[], size: number, reader: TileReader): Promise<Uint8Array[]> {
  const open = new Map<string, Promise<Uint8Array[]>>();
  const read = (level: number, index: number): Promise<Uint8Array[]> => {
    const width = Math.min(TILE_WIDTH, levelLength(level, size) - index * TILE_WIDTH);
    const path = tilePath(level, index, width);
    const tile = open.get(path) ?? readTile(reader, level, index, width);
    open.set(path, tile);
    return tile;
  };
  return Promise.all(ranges.map((range) => hashRange(range, read)));
}

async function hashRange(
  [start, end]: Range,
  read: (level: number, index: number) => Promise<Uint8Array[]>,
): Promise<Uint8Array> {
  const peaks: Promise<Uint8Array>[] = [];
  for (let at = start; at < end; ) {
    let height = 0;
    while (2 ** (height + 1) <= end - at) height++;
    peaks.push(hashSubtree(at, height, read));
    at += 2 ** height;
  }
  return foldPeaks(await Promise.all(peaks));
}

/** A complete subtree of 2^height leaves lies in one tile, as 2^(height mod 8) neighbouring hashes. */
async function hashSubtree(
  start: number,
  height: number,
  read: (level: number, index: number) => Promise<Uint8Array[]>,
): Promise<Uint8Array> {
  const level = Math.floor(height / 8);
  const first = start / TILE_WIDTH ** level;
  const tile = await read(level, Math.floor(first / TILE_WIDTH));
  const offset = first % TILE_WIDTH;
  return rootOf(tile.slice(offset, offset + 2 ** (height % 8)));
}

/** A partial tile may have been removed once the full one existed: then the full one is read and cut. */
async function readTile(
  reader: TileReader,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array[]> {
  try {
    return decodeTile(await reader(tilePath(level, index, width)), width);
  } catch (error) {
    if (error instanceof LogError && error.code === "tile-malformed") throw error;
    if (width === TILE_WIDTH) throw unavailable(error);
  }
  let full: Uint8Array;
  try {
    full = await reader(tilePath(level, index));
  } catch (error) {
    throw unavailable(error);
  }
  return decodeTile(full, TILE_WIDTH).slice(0, width);
}

function unavailable(cause: unknown): LogError {
  return new LogError("tile-unavailable", "A tile could not be read: try again or use another mirror.", {
    cause,
  });
}
