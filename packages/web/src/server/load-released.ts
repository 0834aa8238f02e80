/**
 * When each endorsement of a letter came out, and of which class it is, from the log's entries. Both stand in the log for anyone
 * to read and never change, so they are read once for each state of the log; names and roles are not among them.
 */
import type { Day, EndorsementClass } from "@undersigned/core";
import { decodeEntries, entriesPath, TILE_WIDTH } from "@undersigned/log";
import { type FileSource, LIMITS } from "@undersigned/verify";

export interface Released {
  readonly class: EndorsementClass;
  /** Of the batch that it came out with. */
  readonly day: Day;
}

/** By the endorsement's key. */
export type ReleasedOf = ReadonlyMap<string, Released>;

/** What is looked at of a leaf. The board has checked it before it logged it; a recount checks it again. */
interface Leaf {
  readonly type: string;
  readonly day?: Day;
  readonly letter?: string;
  readonly key?: string;
  readonly class?: EndorsementClass;
}

/** `size` is that of the log. */
export async function readReleased(source: FileSource, size: number, letter: string): Promise<ReleasedOf> {
  const released = new Map<string, Released>();
  let day = "";
  for (let first = 0; first < size; first += TILE_WIDTH) {
    for (const entry of await entriesOf(source, first / TILE_WIDTH, Math.min(TILE_WIDTH, size - first))) {
      const leaf = JSON.parse(new TextDecoder().decode(entry)) as Leaf;
      if (leaf.type === "batch") day = leaf.day ?? "";
      const { key, class: cls } = leaf;
      if (leaf.type !== "endorsement" || leaf.letter !== letter || key === undefined || cls === undefined)
        continue;
      released.set(key, { class: cls, day });
    }
  }
  return released;
}

/** A partial bundle that is gone is the beginning of the full one. */
export async function entriesOf(source: FileSource, bundle: number, width: number): Promise<Uint8Array[]> {
  for (const tried of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const file = await source.read(entriesPath(bundle, tried), LIMITS.entries);
    if (file !== null) return decodeEntries(file, tried).slice(0, width);
  }
  return [];
}

const KEPT = 8;

/** Those of the letters that were asked for last. Who asks at the same time waits for the same reading. */
export function createReleased(read = readReleased): typeof readReleased {
  const kept = new Map<string, Promise<ReleasedOf>>();
  return (source, size, letter) => {
    const key = `${letter} ${size}`;
    const known = kept.get(key) ?? read(source, size, letter);
    kept.delete(key);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return known;
  };
}
