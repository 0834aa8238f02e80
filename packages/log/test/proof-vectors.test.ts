import { describe, expect, test } from "vitest";
import { leafHash, rootOf, verifyConsistency, verifyInclusion } from "../src/index.ts";
import { fromBase64, leaves, vectors } from "./support.ts";

interface InclusionCase {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}
interface ConsistencyCase {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

describe("published inclusion cases", () => {
  const cases = Object.entries(vectors<Record<string, InclusionCase>>("rfc6962-merkle/inclusion.json"));
  test("are all there, both kinds", () => {
    expect(cases).toHaveLength(98);
    expect(new Set(cases.map(([, { wantErr }]) => wantErr)).size).toBe(2);
  });
  test.each(cases)("%s is decided as published", (_, vector) => {
    const accepted = verifyInclusion({
      leafHash: fromBase64(vector.leafHash),
      index: vector.leafIdx,
      size: vector.treeSize,
      proof: (vector.proof ?? []).map(fromBase64),
      root: fromBase64(vector.root),
    });
    expect(accepted).toBe(!vector.wantErr);
  });
});

/** The one accepted case whose roots are no hashes ("don't care"): we demand 32 bytes everywhere. */
const PLACEHOLDER_ROOTS = "additional/sizes-are-equal-one-and-proof-is-empty";

describe("published consistency cases", () => {
  const cases = Object.entries(vectors<Record<string, ConsistencyCase>>("rfc6962-merkle/consistency.json"));
  test("are all there, both kinds", () => {
    expect(cases).toHaveLength(98);
    expect(new Set(cases.map(([, { wantErr }]) => wantErr)).size).toBe(2);
  });
  test.each(cases)("%s is decided as published", (name, vector) => {
    const accepted = verifyConsistency({
      size1: vector.size1,
      size2: vector.size2,
      root1: fromBase64(vector.root1),
      root2: fromBase64(vector.root2),
      proof: (vector.proof ?? []).map(fromBase64),
    });
    expect(accepted).toBe(!vector.wantErr && name !== PLACEHOLDER_ROOTS);
  });
  test("with 12-byte placeholder roots are refused, and accepted with hashes in their place", () => {
    const vector = Object.fromEntries(cases)[PLACEHOLDER_ROOTS]!;
    expect(vector.wantErr).toBe(false);
    expect(fromBase64(vector.root1)).toHaveLength(12);
    const root = rootOf(leaves(1));
    expect(verifyConsistency({ size1: 1, size2: 1, root1: root, root2: root, proof: [] })).toBe(true);
  });
});

describe("a claim that is malformed is false, not an exception:", () => {
  const [leaf] = leaves(1);
  const root = rootOf(leaves(1));
  const inclusion = { leafHash: leaf!, index: 0, size: 1, proof: [], root };
  const consistency = { size1: 1, size2: 1, root1: root, root2: root, proof: [] };

  test("the claims that the cases below alter are true", () => {
    expect(verifyInclusion(inclusion)).toBe(true);
    expect(verifyConsistency(consistency)).toBe(true);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("the number %d", (number) => {
    expect(verifyInclusion({ ...inclusion, index: number })).toBe(false);
    expect(verifyInclusion({ ...inclusion, size: number })).toBe(false);
    expect(verifyConsistency({ ...consistency, size1: number })).toBe(false);
    expect(verifyConsistency({ ...consistency, size2: number })).toBe(false);
    expect(verifyConsistency({ ...consistency, size1: number, size2: number })).toBe(false);
  });

  test("hashes that are not 32 bytes, even where all agree", () => {
    const short = new Uint8Array(31);
    expect(verifyInclusion({ ...inclusion, leafHash: short, root: short })).toBe(false);
    expect(verifyConsistency({ ...consistency, root1: short, root2: short })).toBe(false);
    const two = leaves(2);
    const pair = { leafHash: two[0]!, index: 0, size: 2, proof: [two[1]!], root: rootOf(two) };
    expect(verifyInclusion(pair)).toBe(true);
    expect(verifyInclusion({ ...pair, proof: [two[1]!.slice(1)] })).toBe(false);
  });
});

test("a proof of 53 hashes in the largest tree that we handle is followed to its root", () => {
  // Only the left spine matters: the index is 0 and every sibling is given.
  const size = Number.MAX_SAFE_INTEGER;
  const siblings = leaves(53, "sibling");
  const leaf = leafHash(Uint8Array.of(7));
  const levels = siblings.reduce((left, right) => rootOf([left, right]), leaf);
  expect(verifyInclusion({ leafHash: leaf, index: 0, size, proof: siblings, root: levels })).toBe(true);
  expect(verifyInclusion({ leafHash: leaf, index: 0, size, proof: siblings.slice(1), root: levels })).toBe(
    false,
  );
  expect(verifyInclusion({ leafHash: leaf, index: 2 ** 52, size, proof: siblings, root: levels })).toBe(
    false,
  );
});

test("a proof that goes on above the root is refused, even where it leads to the stated root", () => {
  const [left, right, above] = leaves(3);
  const inclusion = { leafHash: right!, index: 0, size: 1, proof: [left!], root: rootOf([left!, right!]) };
  expect(verifyInclusion(inclusion)).toBe(false);
  expect(verifyInclusion({ ...inclusion, index: 1, size: 2 })).toBe(true);

  const [a, b, c, d] = leaves(4, "other");
  const proof = [c!, d!, rootOf([a!, b!])];
  const [root1, root2] = [rootOf([a!, b!, c!]), rootOf([a!, b!, c!, d!])];
  const consistency = { size1: 3, size2: 4, proof, root1, root2 };
  expect(verifyConsistency(consistency)).toBe(true);
  const higher = {
    root1: rootOf([above!, root1]),
    root2: rootOf([above!, root2]),
    proof: [...proof, above!],
  };
  expect(verifyConsistency({ ...consistency, ...higher })).toBe(false);
});

test("an index above 2^31 is not cut to 32 bits", () => {
  // In a tree of 2^33 leaves, leaf 2^32 is the leftmost of the right half: one sibling to its left, the last one.
  const siblings = leaves(33, "sibling");
  const leaf = leafHash(Uint8Array.of(7));
  const half = siblings.slice(0, 32).reduce((left, right) => rootOf([left, right]), leaf);
  const root = rootOf([siblings[32]!, half]);
  const claim = { leafHash: leaf, index: 2 ** 32, size: 2 ** 33, proof: siblings, root };
  expect(verifyInclusion(claim)).toBe(true);
  expect(verifyInclusion({ ...claim, index: 0 })).toBe(false);
});
