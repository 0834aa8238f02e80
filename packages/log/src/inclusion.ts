/**
 * Inclusion proofs: RFC 9162 section 2.1.3.2. The proof comes from whoever wants to be believed; root and size must
 * come from a checkpoint that was verified before.
 */
import { equalBytes, isHash } from "./bytes.ts";
import { nodeHash } from "./merkle.ts";
import { halve, isCount } from "./numbers.ts";

/** No tree of up to 2^63-1 leaves has a longer proof; anything longer is refused unread. */
export const MAX_PROOF_LENGTH = 63;

export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  /** Zero-based. */
  readonly index: number;
  readonly size: number;
  /** Sibling hashes, the leaf's own sibling first. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Never throws: a claim that is malformed in any part (lengths, ranges, numbers above 2^53-1) is false. */
export function verifyInclusion({ leafHash, index, size, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (!isHash(leafHash) || !isHash(root) || proof.length > MAX_PROOF_LENGTH || !proof.every(isHash))
    return false;
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = halve(fn);
        sn = halve(sn);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = halve(fn);
    sn = halve(sn);
  }
  return sn === 0 && equalBytes(hash, root);
}
