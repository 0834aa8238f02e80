/**
 * The log, bundle by bundle (C2SP tlog-tiles): entries with the leaf hashes of their level-0 tile. Neither is trusted yet;
 * the hashes are compared with the root (tree-check.ts) and the entries with the hashes by whoever uses them.
 */
import { leafHashOf } from "@undersigned/core";
import { decodeTile, entriesPath, TILE_WIDTH, type TileReader, tilePath } from "@undersigned/log";
import { type Found, VerifyError } from "./errors.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

export interface Bundle {
  /** Index of its first leaf. */
  readonly first: number;
  readonly width: number;
  /** The file. Spans point into it. */
  readonly bytes: Uint8Array;
  /** Start and end of each entry in `bytes`; null for one that the file does not have. */
  readonly spans: readonly ([start: number, end: number] | null)[];
  /** 32 bytes a leaf; null where neither tile nor entries could be read. */
  readonly hashes: Uint8Array | null;
}

/** Reads a tile or bundle that has `width` parts; where its partial form is gone, the full one, which has the same start. */
async function readPartial(
  source: FileSource,
  pathOf: (width: number) => string,
  width: number,
  maxBytes: number,
  found: Found,
  leaf: number,
): Promise<{ file: Uint8Array; width: number } | null> {
  let refused = false;
  const note: Found = (...failure) => {
    refused = true;
    found(...failure);
  };
  for (const tried of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const file = await readIfThere(source, pathOf(tried), maxBytes, note, { leaf });
    if (file !== null) return { file, width: tried };
    if (refused) return null;
  }
  found("file-missing", leaf, `The file ${pathOf(width)} is missing: get it from the board or a mirror.`);
  return null;
}

/** Exactly `width` hashes end to end, or null with a failure at `leaf`. */
export async function readTile(
  source: FileSource,
  { level, index, width }: { readonly level: number; readonly index: number; readonly width: number },
  found: Found,
  leaf: number,
): Promise<Uint8Array | null> {
  const pathOf = (parts: number) => tilePath(level, index, parts);
  const read = await readPartial(source, pathOf, width, LIMITS.tile, found, leaf);
  if (read === null) return null;
  const decoded = parseFile(
    () => decodeTile(read.file, read.width),
    pathOf(read.width),
    "file-malformed",
    found,
    { leaf },
  );
  return decoded === null ? null : read.file.subarray(0, 32 * width);
}

/** For proofs out of tiles: what cannot be read rejects. */
export function tileReader(source: FileSource): TileReader {
  return async (path) => {
    const tile = await source.read(path, LIMITS.tile);
    if (tile === null) throw new VerifyError("file-missing", `The file ${path} is missing.`);
    return tile;
  };
}

/** Never throws unless `found` does; what could not be read is null and has a failure. */
export async function readBundle(
  source: FileSource,
  number: number,
  size: number,
  found: Found,
): Promise<Bundle> {
  const first = number * TILE_WIDTH;
  const width = Math.min(TILE_WIDTH, size - first);
  const pathOf = (parts: number) => entriesPath(number, parts);
  const [read, tile] = await Promise.all([
    readPartial(source, pathOf, width, LIMITS.entries, found, first),
    readTile(source, { level: 0, index: number, width }, found, first),
  ]);
  const bytes = read?.file ?? new Uint8Array(0);
  const spans = spansOf(bytes, read?.width === TILE_WIDTH && width < TILE_WIDTH ? null : width, width);
  if (read !== null) {
    const lacking = spans.indexOf(null);
    if (lacking >= 0) {
      const message =
        "The bundle does not hold the entries that the log's tile has hashes of, neither more nor fewer.";
      found("leaf-changed", first + lacking, message);
    }
  }
  return { first, width, bytes, spans, hashes: tile ?? hashesOf(bytes, spans) };
}

/**
 * Where the entries of a bundle file lie: `width` of them. If the file does not end where the last of `exactly` entries
 * ends, or breaks off, the rest is null; with surplus bytes so is the last one, that somebody is told.
 */
function spansOf(bytes: Uint8Array, exactly: number | null, width: number): ([number, number] | null)[] {
  const spans: ([number, number] | null)[] = [];
  let at = 0;
  while (spans.length < width && at + 2 <= bytes.length) {
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!);
    if (end > bytes.length) break;
    spans.push([at + 2, end]);
    at = end;
  }
  if (exactly !== null && spans.length === width && at !== bytes.length) spans[width - 1] = null;
  while (spans.length < width) spans.push(null);
  return spans;
}

function hashesOf(bytes: Uint8Array, spans: Bundle["spans"]): Uint8Array | null {
  const hashes = new Uint8Array(32 * spans.length);
  for (const [i, span] of spans.entries()) {
    if (span === null) return null;
    hashes.set(leafHashOf(bytes.subarray(span[0], span[1])), 32 * i);
  }
  return hashes;
}

/** Bundles in order, some read ahead: over a network the way there and back costs more than the bytes. */
export async function* readBundles(
  source: FileSource,
  size: number,
  readAhead: number,
  found: Found,
): AsyncGenerator<Bundle, void, undefined> {
  const bundles = Math.ceil(size / TILE_WIDTH);
  const coming: Promise<Bundle>[] = [];
  for (let next = 0; next < bundles || coming.length > 0; ) {
    while (next < bundles && coming.length < readAhead) {
      const bundle = readBundle(source, next++, size, found);
      // Each is awaited in its turn, unless one before it was refused: then nobody is to be told again.
      bundle.catch(() => {});
      coming.push(bundle);
    }
    yield await coming.shift()!;
  }
}
