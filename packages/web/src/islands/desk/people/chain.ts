/**
 * Whether the list of acts is one unbroken chain, and the same that this page has seen before. The board holds the list and is
 * trusted for none of it: a row that was changed, taken out or put in between shows, to whoever remembers a later hash.
 */
import { type DeskEntry, entryHash } from "@undersigned/core";

/** In memory, for as long as the page is open: hashes by row number. */
export class SeenActs {
  readonly #seen = new Map<number, string>();

  /**
   * `entries` newest first, without gaps. False where they do not follow from each other or differ from what was seen; they are
   * not remembered then.
   */
  check(entries: readonly DeskEntry[]): boolean {
    const hashes = entries.map((entry) => [entry.n, entryHash(entry)] as const);
    const isChain = entries.every((entry, i) => {
      const older = entries[i + 1];
      if (older === undefined) return entry.n > 1 ? entry.previous !== null : entry.previous === null;
      return older.n === entry.n - 1 && entry.previous === hashes[i + 1]?.[1];
    });
    if (!isChain || hashes.some(([n, hash]) => (this.#seen.get(n) ?? hash) !== hash)) return false;
    // What the oldest row names is known too, though that row was not read.
    const oldest = entries.at(-1);
    if (oldest !== undefined && oldest.previous !== null) {
      const before = this.#seen.get(oldest.n - 1);
      if (before !== undefined && before !== oldest.previous) return false;
      this.#seen.set(oldest.n - 1, oldest.previous);
    }
    for (const [n, hash] of hashes) this.#seen.set(n, hash);
    return true;
  }

  /** Number of the newest row that was seen; 0 for none. */
  get newest(): number {
    return Math.max(0, ...this.#seen.keys());
  }

  /** False where the list has become shorter than it was. */
  isWhole(entries: readonly DeskEntry[]): boolean {
    return (entries[0]?.n ?? 0) >= this.newest;
  }
}
