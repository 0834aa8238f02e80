/** Public files in memory: as a source for the verifier, and changed behind the log's back. */
import type { JsonValue } from "@undersigned/core";
import { encodeCanonical, parseCanonical } from "@undersigned/core";
import { decodeEntries, encodeEntries, entriesPath, TILE_WIDTH } from "@undersigned/log";

export type PublicFiles = Map<string, Uint8Array>;

/** A source that reads from memory and keeps to `maxBytes`. `read` paths are noted in `asked` when it is given. */
export function memorySource(files: ReadonlyMap<string, Uint8Array>, asked?: string[]) {
  return {
    read: async (path: string, maxBytes: number): Promise<Uint8Array | null> => {
      asked?.push(path);
      const file = files.get(path);
      if (file !== undefined && file.length > maxBytes)
        throw new Error(`${path} has more than ${maxBytes} bytes.`);
      return file?.slice() ?? null;
    },
  };
}

/** The bundle that holds entry `index` of a log of `size` entries: its path, first index and width. */
export function bundleOf(index: number, size: number): { path: string; first: number; width: number } {
  const number = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
  return { path: entriesPath(number, width), first: number * TILE_WIDTH, width };
}

/** Changes the entries of one bundle and nothing else: tiles and checkpoint stay. */
export function editBundle(
  files: PublicFiles,
  index: number,
  size: number,
  edit: (entries: Uint8Array[], at: number) => Uint8Array[],
): void {
  const { path, first, width } = bundleOf(index, size);
  const entries = decodeEntries(files.get(path)!, width);
  files.set(path, encodeEntries(edit(entries, index - first)));
}

/** Changes a JSON file and writes it canonically again. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into any format.
export function editJson(files: PublicFiles, path: string, edit: (value: any) => unknown): void {
  const value = parseCanonical(files.get(path)!, 8_000_000);
  edit(value);
  files.set(path, encodeCanonical(value as JsonValue));
}
