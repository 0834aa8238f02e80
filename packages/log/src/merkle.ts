/**
 * Merkle tree hashes: RFC 6962 section 2.1 (the same in RFC 9162 section 2.1.1), SHA-256. The prefixes 0x00 and
 * 0x01 keep a leaf from ever being read as an interior node.
 */
import { sha256 } from "#sha256";
import { copyBytes, HASH_LENGTH, requireHashes } from "./bytes.ts";
import { splitPoint } from "./numbers.ts";

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

/** SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

// One buffer for all calls: hashing is synchronous, so no two calls can meet in it.
const nodeInput = new Uint8Array(1 + 2 * HASH_LENGTH);
nodeInput[0] = 0x01;

/** SHA-256(0x01 || left || right). Throws `hash-malformed` unless both have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_LENGTH || right.length !== HASH_LENGTH) requireHashes([left, right]);
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_LENGTH);
  return sha256(nodeInput);
}

/**
 * MTH of the RFC over leaf hashes, straight from its recursive definition: the reference that the incremental
 * forms are tested against. Throws `hash-malformed` for an item that is not 32 bytes.
 */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  requireHashes(leafHashes);
  if (leafHashes.length === 0) return copyBytes(EMPTY_ROOT);
  return copyBytes(hashOfRange(leafHashes, 0, leafHashes.length));
}

function hashOfRange(leaves: readonly Uint8Array[], start: number, end: number): Uint8Array {
  if (end - start === 1) return leaves[start]!;
  const middle = start + splitPoint(end - start);
  return nodeHash(hashOfRange(leaves, start, middle), hashOfRange(leaves, middle, end));
}

/** The root over complete subtrees that stand side by side, largest first, as at a tree's right edge. Not empty. */
export function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  let root = peaks[peaks.length - 1]!;
  for (let i = peaks.length - 2; i >= 0; i--) root = nodeHash(peaks[i]!, root);
  return copyBytes(root);
}
