/** What a batch leaf says of the leaves that follow it, and their order (PROTOCOL §4). */
import { type BatchLeaf, compareBytes, encodeLeaf, leafHashOf, type SignatoryLeaf } from "@undersigned/core";
import type { Mutable } from "./mutable.ts";

type Row = Mutable<BatchLeaf["letters"][number]>;

export function sortedForBatch(leaves: readonly SignatoryLeaf[]): SignatoryLeaf[] {
  const rank = (leaf: SignatoryLeaf) => (leaf.type === "endorsement" ? 0 : leaf.seq);
  return leaves
    .map((leaf) => ({ leaf, hash: leafHashOf(encodeLeaf(leaf)) }))
    .sort((a, b) => rank(a.leaf) - rank(b.leaf) || compareBytes(a.hash, b.hash))
    .map(({ leaf }) => leaf);
}

export function batchRows(leaves: readonly SignatoryLeaf[]): Row[] {
  const rows = new Map<string, Row>();
  for (const leaf of leaves) {
    const none = { letter: leaf.letter, mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
    const row = rows.get(leaf.letter) ?? none;
    rows.set(leaf.letter, row);
    if (leaf.type === "endorsement") row[leaf.class]++;
    else if (leaf.type === "revision") row.revisions++;
    else row.withdrawals++;
  }
  return [...rows.values()].sort((a, b) => (a.letter < b.letter ? -1 : 1));
}
