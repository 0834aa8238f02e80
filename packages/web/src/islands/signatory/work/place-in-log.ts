/**
 * Finds a leaf in the log by its hash. All hashes of the log are read and held against the checkpoint's root, so the place is
 * proven, and whoever serves the files does not learn which leaf was looked for.
 */
import { decodeBase64url } from "@undersigned/core";
import { decodeTile, rootOf, TILE_WIDTH, tilePath, tilesOf } from "@undersigned/log";
import { type FileSource, LIMITS, VerifyError, type WorkforceView } from "@undersigned/verify";

/** The leaf's index, or null where the log does not have it. Throws VerifyError `file-missing` and `tiles-inconsistent`. */
export async function placeInLog(
  source: FileSource,
  { checkpoint }: WorkforceView,
  leaf: string,
): Promise<number | null> {
  const hashes: Uint8Array[] = [];
  for (const { level, index, width } of tilesOf(checkpoint.size)) {
    if (level > 0) break;
    hashes.push(...(await readTile(source, index, width)));
  }
  if (!same(rootOf(hashes), checkpoint.root)) {
    throw new VerifyError("tiles-inconsistent", "The log's tiles do not lead to its checkpoint.");
  }
  const sought = decodeBase64url(leaf, 32);
  const found = hashes.findIndex((hash) => same(hash, sought));
  return found < 0 ? null : found;
}

/** The first `width` hashes; a partial tile that is gone is the beginning of the full one. */
async function readTile(source: FileSource, index: number, width: number): Promise<Uint8Array[]> {
  for (const tried of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const file = await source.read(tilePath(0, index, tried), LIMITS.tile);
    if (file === null) continue;
    try {
      return decodeTile(file, tried).slice(0, width);
    } catch {
      throw new VerifyError("file-malformed", "A tile of the log is not in its format.");
    }
  }
  throw new VerifyError("file-missing", "A tile of the log is missing.");
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
