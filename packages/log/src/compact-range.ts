/**
 * A Merkle tree that only grows, held as its compact range: the roots of the complete subtrees at its right edge,
 * one for each 1 bit of the size. Memory is O(log n); the tree shape is that of RFC 6962 section 2.1.
 */
import { concatBytes, copyBytes, HASH_LENGTH, requireHashes } from "./bytes.ts";
import { LogError } from "./errors.ts";
import { EMPTY_ROOT, foldPeaks, nodeHash } from "./merkle.ts";
import { halve, requireCount } from "./numbers.ts";

export class CompactRange {
  #size: number;
  readonly #peaks: Uint8Array[];

  private constructor(size: number, peaks: readonly Uint8Array[]) {
    this.#size = size;
    this.#peaks = [...peaks];
  }

  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /**
   * From what hashes() gave. The hashes are checked for number and length only: whether they are the right ones
   * shows when root() is compared with a signed root, which the caller must do with any stored state.
   */
  static from(size: number, hashes: readonly Uint8Array[]): CompactRange {
    requireCount(size);
    requireHashes(hashes);
    if (hashes.length !== countOnes(size)) {
      throw new LogError(
        "range-malformed",
        "Pass one hash for each 1 bit of the size, or rebuild the range.",
      );
    }
    return new CompactRange(
      size,
      hashes.map((hash) => copyBytes(hash)),
    );
  }

  /** From what toBytes() gave. */
  static fromBytes(size: number, bytes: Uint8Array): CompactRange {
    if (bytes.length % HASH_LENGTH !== 0) {
      throw new LogError("range-malformed", "Pass whole hashes of 32 bytes, or rebuild the range.");
    }
    const hashes: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += HASH_LENGTH)
      hashes.push(copyBytes(bytes, at, at + HASH_LENGTH));
    return CompactRange.from(size, hashes);
  }

  get size(): number {
    return this.#size;
  }

  /** Throws `hash-malformed`, or `number-out-of-range` beyond 2^53-1 leaves; the range is then unchanged. */
  append(leafHash: Uint8Array): void {
    requireHashes([leafHash]);
    requireCount(this.#size + 1);
    let hash = copyBytes(leafHash);
    for (let rest = this.#size; rest % 2 === 1; rest = halve(rest)) hash = nodeHash(this.#peaks.pop()!, hash);
    this.#peaks.push(hash);
    this.#size += 1;
  }

  root(): Uint8Array {
    return this.#peaks.length === 0 ? copyBytes(EMPTY_ROOT) : foldPeaks(this.#peaks);
  }

  /** The subtree roots, the largest (leftmost) first: one for each 1 bit of the size, the highest bit first. */
  hashes(): Uint8Array[] {
    return this.#peaks.map((hash) => copyBytes(hash));
  }

  /** hashes() end to end: 32 bytes each. The size is not in it. */
  toBytes(): Uint8Array {
    return concatBytes(this.#peaks);
  }

  clone(): CompactRange {
    return new CompactRange(this.#size, this.#peaks);
  }
}

function countOnes(value: number): number {
  let ones = 0;
  for (let rest = value; rest > 0; rest = halve(rest)) ones += rest % 2;
  return ones;
}
