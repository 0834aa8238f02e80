/**
 * Consistency proofs: RFC 9162 section 2.1.4.2. Both roots must come from checkpoints that were verified before;
 * the proof itself is untrusted.
 */
import { equalBytes, isHash } from "./bytes.ts";
import { MAX_PROOF_LENGTH } from "./inclusion.ts";
import { nodeHash } from "./merkle.ts";
import { halve, isCount } from "./numbers.ts";

export interface ConsistencyClaim {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Never throws: a malformed claim is false. So is size1 = 0: every tree extends the empty one, so such a proof
 * would prove nothing. The witness protocol's "old 0" is the caller's case to decide.
 */
export function verifyConsistency({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false;
  if (!isHash(root1) || !isHash(root2) || proof.length > MAX_PROOF_LENGTH || !proof.every(isHash))
    return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);

  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = halve(fn);
    sn = halve(sn);
  }
  // fn is 0 now exactly when size1 is a power of two: then the old root itself is the first hash of the path.
  const path = fn === 0 ? [root1, ...proof] : proof;
  const first = path[0];
  if (first === undefined) return false;
  let oldRoot = first;
  let newRoot = first;
  for (const hash of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      oldRoot = nodeHash(hash, oldRoot);
      newRoot = nodeHash(hash, newRoot);
      while (fn % 2 === 0 && fn !== 0) {
        fn = halve(fn);
        sn = halve(sn);
      }
    } else {
      newRoot = nodeHash(newRoot, hash);
    }
    fn = halve(fn);
    sn = halve(sn);
  }
  return sn === 0 && equalBytes(oldRoot, root1) && equalBytes(newRoot, root2);
}
