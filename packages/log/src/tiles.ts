/**
 * Tiles: their paths, which of them a tree has, and their bytes (C2SP tlog-tiles). A tile holds up to 256 hashes of
 * one level; hash i of tile (L, N) is the root over the leaves from (N*256+i)*256^L on, 256^L of them. Only full
 * tiles are hashed into the level above. Paths come without a leading slash.
 *
 * parseTilePath() is what a server puts between a URL and its store: it accepts exactly the paths that tilePath()
 * writes, so two paths never name one resource and none leads out of the folder.
 */
import { concatBytes, copyBytes, HASH_LENGTH, requireHashes } from "./bytes.ts";
import { LogError } from "./errors.ts";
import { requireCount } from "./numbers.ts";

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
const MAX_LEVEL = 63;
/** Six groups of three digits: what the reference implementations accept. */
const MAX_INDEX = 999_999_999_999_999_999n;

export interface TileId {
  /** 0 holds leaf hashes; the entry bundles have the indexes and widths of level 0. */
  readonly level: number;
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

export interface ParsedTileIndex {
  /** A bigint, for a path may name an index beyond 2^53-1. */
  readonly index: bigint;
  /** 1 to 256. */
  readonly width: number;
}

/**
 * `tile/<level>/<index>[.p/<width>]`. Throws `number-out-of-range` for a level above 63, an index of more than 18
 * digits or a width outside 1 to 256.
 */
export function tilePath(level: number, index: number | bigint, width: number = TILE_WIDTH): string {
  if (!Number.isInteger(level) || level < 0 || level > MAX_LEVEL) {
    throw new LogError("number-out-of-range", "Pass a tile level from 0 to 63.");
  }
  return `tile/${level}/${indexPath(index, width)}`;
}

/** `tile/entries/<index>[.p/<width>]`. Throws as tilePath() does. */
export function entriesPath(index: number | bigint, width: number = TILE_WIDTH): string {
  return `tile/entries/${indexPath(index, width)}`;
}

function indexPath(index: number | bigint, width: number): string {
  if (typeof index === "number") requireCount(index);
  const whole = BigInt(index);
  if (whole < 0n || whole > MAX_INDEX) {
    throw new LogError("number-out-of-range", "Pass a tile index of at most 18 digits.");
  }
  requireWidth(width);
  const digits = whole.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const path = padded.replace(/\d{3}(?=\d)/g, "x$&/");
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

/**
 * The two variable parts of `tile/<levelStr>/<indexStr>`. Throws `tile-path-malformed` for every string that
 * tilePath() does not write: leading zeros, a first group x000, a missing x, seven groups, `.p/0`, `.p/256`.
 */
export function parseTilePath(
  levelStr: string,
  indexStr: string,
): ParsedTileIndex & { readonly level: number } {
  if (!/^(?:0|[1-9][0-9]?)$/.test(levelStr) || Number(levelStr) > MAX_LEVEL) throw badPath();
  return { level: Number(levelStr), ...parseEntriesPath(indexStr) };
}

/** The variable part of `tile/entries/<indexStr>`. Throws as parseTilePath() does. */
export function parseEntriesPath(indexStr: string): ParsedTileIndex {
  const match = /^((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(indexStr);
  if (match === null || indexStr.startsWith("x000/")) throw badPath();
  const width = match[2] === undefined ? TILE_WIDTH : Number(match[2]);
  if (match[2] !== undefined && width >= TILE_WIDTH) throw badPath();
  return { index: BigInt(match[1]!.replace(/[x/]/g, "")), width };
}

/** How many hashes level `level` has in a tree of this size: floor(size / 256^level). */
export function levelLength(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Every tile of a tree, bottom-up and from left to right; the partial one of a level, if it has one, last. */
export function* tilesOf(size: number): Generator<TileId, void, undefined> {
  yield* newTiles(0, size);
}

/**
 * The tiles that growth from oldSize to newSize writes, in the order of tilesOf(): those that became full, and the
 * new partial one of each level that gained a hash. Throws `number-out-of-range` if the tree would shrink.
 */
export function* newTiles(oldSize: number, newSize: number): Generator<TileId, void, undefined> {
  requireCount(oldSize);
  requireCount(newSize);
  if (newSize < oldSize)
    throw new LogError("number-out-of-range", "A log never shrinks: pass the old size first.");
  for (let level = 0; ; level++) {
    const before = levelLength(level, oldSize);
    const after = levelLength(level, newSize);
    if (before === after) return;
    const full = Math.floor(after / TILE_WIDTH);
    for (let index = Math.floor(before / TILE_WIDTH); index < full; index++) {
      yield { level, index, width: TILE_WIDTH };
    }
    const rest = after % TILE_WIDTH;
    if (rest !== 0) yield { level, index: full, width: rest };
  }
}

/** The hashes end to end, 32 bytes each, no header. Takes 1 to 256 of them. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  requireWidth(hashes.length);
  requireHashes(hashes);
  return concatBytes(hashes);
}

/** Throws `tile-malformed` unless there are exactly width * 32 bytes. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  requireWidth(width);
  if (bytes.length !== width * HASH_LENGTH) {
    throw new LogError(
      "tile-malformed",
      "A hash tile has the wrong length: fetch it again or use another mirror.",
    );
  }
  const hashes: Uint8Array[] = [];
  for (let i = 0; i < width; i++) hashes.push(copyBytes(bytes, i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
  return hashes;
}

/** Throws `number-out-of-range` unless the width is an integer from 1 to 256. */
export function requireWidth(width: number): void {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new LogError("number-out-of-range", "Pass a tile width from 1 to 256; empty tiles do not exist.");
  }
}

function badPath(): LogError {
  return new LogError(
    "tile-path-malformed",
    "Ask for tiles by the canonical path of the tlog-tiles specification.",
  );
}
