/** A log's own files: tiles of its tree and bundles of its entries. */
import { leafHashOf } from "@undersigned/core";
import {
  EMPTY_EDGE,
  encodeEntries,
  entriesPath,
  formatCheckpoint,
  growEdge,
  TILE_WIDTH,
} from "@undersigned/log";

/** By path, without a checkpoint. */
export function logFiles(entries: readonly Uint8Array[]): Map<string, Uint8Array> {
  const files = new Map(growEdge(EMPTY_EDGE, entries.map(leafHashOf)).tiles);
  for (let at = 0; at < entries.length; at += TILE_WIDTH) {
    const part = entries.slice(at, at + TILE_WIDTH);
    files.set(entriesPath(at / TILE_WIDTH, part.length), encodeEntries(part));
  }
  return files;
}

/** The text of a checkpoint of the first `size` entries, not yet signed. */
export function checkpointText(origin: string, entries: readonly Uint8Array[], size: number): string {
  const { root } = growEdge(EMPTY_EDGE, entries.slice(0, size).map(leafHashOf));
  return formatCheckpoint({ origin, size, root });
}
