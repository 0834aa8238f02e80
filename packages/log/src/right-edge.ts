/**
 * The right edge of a tiled tree: the hashes of each level's partial tile. It is all that is needed to grow the
 * tree, and its root follows from it. Plain values, never changed in place: a caller whose write fails keeps the
 * old edge and tries again.
 */
import { copyBytes, requireHashes } from "./bytes.ts";
import { CompactRange } from "./compact-range.ts";
import { LogError } from "./errors.ts";
import { rootOf } from "./merkle.ts";
import { requireCount } from "./numbers.ts";
import { encodeTile, levelLength, TILE_WIDTH, tilePath } from "./tiles.ts";

export interface RightEdge {
  readonly size: number;
  /** levels[L]: the floor(size / 256^L) mod 256 hashes of level L's partial tile. No level above the highest used. */
  readonly levels: readonly (readonly Uint8Array[])[];
}

export interface Growth {
  readonly edge: RightEdge;
  readonly root: Uint8Array;
  /** Path to bytes, in the order in which to write them: bottom-up, from left to right. */
  readonly tiles: ReadonlyMap<string, Uint8Array>;
}

export const EMPTY_EDGE: RightEdge = { size: 0, levels: [] };

/** How many hashes each level of the right edge of such a tree holds; zero where a level has only full tiles. */
export function edgeWidths(size: number): number[] {
  const widths: number[] = [];
  for (let level = 0; levelLength(level, size) > 0; level++)
    widths.push(levelLength(level, size) % TILE_WIDTH);
  return widths;
}

/**
 * The same tree as a compact range. Throws `range-malformed` when the levels do not fit the size; that the hashes
 * are the right ones shows only in the root.
 */
export function rangeOfEdge(edge: RightEdge): CompactRange {
  requireCount(edge.size);
  const widths = edgeWidths(edge.size);
  if (edge.levels.length !== widths.length || edge.levels.some((level, l) => level.length !== widths[l])) {
    throw new LogError(
      "range-malformed",
      "The right edge does not fit its size: load it again from the tiles.",
    );
  }
  const peaks: Uint8Array[] = [];
  for (const level of edge.levels.toReversed()) {
    const range = CompactRange.empty();
    for (const hash of level) range.append(hash);
    peaks.push(...range.hashes());
  }
  return CompactRange.from(edge.size, peaks);
}

/**
 * Appends leaf hashes. The tiles are exactly those of newTiles(old size, new size). Time is O(new leaves + log n).
 * Throws `hash-malformed`, `range-malformed`, or `number-out-of-range` beyond 2^53-1 leaves.
 */
export function growEdge(edge: RightEdge, leafHashes: readonly Uint8Array[]): Growth {
  // Also checks the edge itself.
  rangeOfEdge(edge);
  requireHashes(leafHashes);
  const size = edge.size + leafHashes.length;
  requireCount(size);

  const tiles = new Map<string, Uint8Array>();
  const levels: (readonly Uint8Array[])[] = [];
  let added: readonly Uint8Array[] = leafHashes.map((hash) => copyBytes(hash));
  for (let level = 0; added.length > 0 || level < edge.levels.length; level++) {
    const kept = edge.levels[level] ?? [];
    if (added.length === 0) {
      levels.push(kept);
      continue;
    }
    const row = [...kept, ...added];
    const above: Uint8Array[] = [];
    let index = Math.floor(levelLength(level, edge.size) / TILE_WIDTH);
    let at = 0;
    for (; at + TILE_WIDTH <= row.length; at += TILE_WIDTH) {
      const full = row.slice(at, at + TILE_WIDTH);
      tiles.set(tilePath(level, index++), encodeTile(full));
      above.push(rootOf(full));
    }
    const rest = row.slice(at);
    if (rest.length > 0) tiles.set(tilePath(level, index, rest.length), encodeTile(rest));
    levels.push(rest);
    added = above;
  }
  const grown: RightEdge = { size, levels };
  return { edge: grown, root: rangeOfEdge(grown).root(), tiles };
}
