/**
 * All tiles against the root of the checkpoint, in one pass over the level-0 tiles and with the memory of one tile a level:
 * a full tile's hash goes into the level above, whose own tile is compared once it is complete. Besides, the root that the
 * log had at an earlier size, for a checkpoint known from before.
 */
import { equalBytes } from "@undersigned/core";
import { rangeOfEdge, rootOf, TILE_WIDTH, tilePath } from "@undersigned/log";
import type { Found } from "./errors.ts";
import { readTile } from "./read-bundles.ts";
import type { FileSource } from "./source.ts";

export class TreeCheck {
  readonly #source: FileSource;
  readonly #found: Found;
  readonly #knownSize: number | null;
  /** levels[L]: hashes of level L that no full tile of that level holds yet. */
  readonly #levels: Uint8Array[][] = [[]];
  #size = 0;
  #knownRoot: Uint8Array | null = null;

  /** `knownSize`: a size at which the root is wanted, or null. */
  constructor(source: FileSource, found: Found, knownSize: number | null) {
    this.#source = source;
    this.#found = found;
    this.#knownSize = knownSize;
  }

  /** The next level-0 tile: 1 to 256 hashes end to end; a partial one comes last. */
  async add(tile: Uint8Array): Promise<void> {
    const width = tile.length / 32;
    const hashes = Array.from({ length: width }, (_, i) => tile.subarray(32 * i, 32 * i + 32));
    // A full tile stands in the level above: at its very end the root is taken after it was carried there.
    const inside = (this.#knownSize ?? 0) - this.#size;
    if (inside > 0 && inside <= width && inside < TILE_WIDTH) {
      this.#knownRoot = this.#rootWith(hashes.slice(0, inside), this.#size + inside);
    }
    this.#size += width;
    if (width < TILE_WIDTH) this.#levels[0] = hashes;
    else await this.#carry(1, rootOf(hashes));
    if (inside === TILE_WIDTH && width === TILE_WIDTH) this.#knownRoot = this.#rootWith([], this.#size);
  }

  /** Compares what is left at the right edge, then the root. */
  async finish(root: Uint8Array): Promise<void> {
    for (let level = 1; level < this.#levels.length; level++) {
      const hashes = this.#levels[level]!;
      if (hashes.length > 0) await this.#compare(level, hashes);
    }
    if (!equalBytes(this.#rootWith(this.#levels[0]!, this.#size), root)) {
      const message = "The hashes of the log's tiles do not lead to the root that the checkpoint states.";
      this.#found("tiles-inconsistent", null, message);
    }
  }

  /** The root at the known size, once that many leaves were added; else null. */
  get knownRoot(): Uint8Array | null {
    return this.#knownRoot;
  }

  async #carry(level: number, hash: Uint8Array): Promise<void> {
    const hashes = this.#levels[level] ?? [];
    this.#levels[level] = hashes;
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    await this.#compare(level, hashes);
    this.#levels[level] = [];
    await this.#carry(level + 1, rootOf(hashes));
  }

  async #compare(level: number, hashes: readonly Uint8Array[]): Promise<void> {
    const full = Math.floor(this.#size / TILE_WIDTH ** (level + 1));
    const index = hashes.length === TILE_WIDTH ? full - 1 : full;
    const leaf = index * TILE_WIDTH ** (level + 1);
    const tile = await readTile(this.#source, { level, index, width: hashes.length }, this.#found, leaf);
    if (tile === null) return;
    const wrong = hashes.findIndex((hash, i) => !equalBytes(hash, tile.subarray(32 * i, 32 * i + 32)));
    if (wrong >= 0) {
      const first = leaf + wrong * TILE_WIDTH ** level;
      const message = `The tile ${tilePath(level, index, hashes.length)} does not agree with the tiles below it, from leaf ${first} on.`;
      this.#found("tiles-inconsistent", first, message);
    }
  }

  #rootWith(level0: readonly Uint8Array[], size: number): Uint8Array {
    const levels: (readonly Uint8Array[])[] = [level0, ...this.#levels.slice(1)];
    return rangeOfEdge({ size, levels }).root();
  }
}
