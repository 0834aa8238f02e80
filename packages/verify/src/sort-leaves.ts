/**
 * First pass over a bundle, in the log's order: tells signatories' leaves, which go to the checker unread, from all others,
 * which are few and are read here; and takes in what tokens are checked against: manifests, epochs, letters.
 */
import { encodeBase64url, equalBytes, type Leaf, leafHashOf, parseLeaf } from "@undersigned/core";
import { checkClientLeaf } from "./check-clients.ts";
import { checkEpochLeaf } from "./check-epochs.ts";
import { checkLetterLeaf } from "./check-letters.ts";
import { checkWorkforceLeaf } from "./check-workforce-chain.ts";
import type { Checker } from "./checker.ts";
import type { Found } from "./errors.ts";
import { contextOf, type Ledger, type Letter } from "./ledger.ts";
import type { Bundle } from "./read-bundles.ts";
import { messageOf } from "./read-files.ts";
import { isSignatorys } from "./signatory-bytes.ts";
import type { FileSource } from "./source.ts";

/** A leaf that is none of a signatory; with a letter leaf, the letter, unless it could not be made out. */
export interface OtherLeaf {
  readonly leaf: Exclude<Leaf, { type: "endorsement" | "revision" | "withdrawal" }>;
  readonly letter: Letter | null;
}

export interface SortedBundle {
  readonly first: number;
  readonly width: number;
  /** 32 bytes a leaf; null where the log could not be read. */
  readonly hashes: Uint8Array | null;
  readonly others: ReadonlyMap<number, OtherLeaf>;
  /** Place, start and end of each signatory's leaf, as CheckUnit has them. */
  readonly spans: Uint32Array;
}

export async function sortLeaves(
  bundle: Bundle,
  ledger: Ledger,
  source: FileSource,
  checker: Pick<Checker, "addLetter">,
  found: Found,
): Promise<SortedBundle> {
  const { first, width, bytes, hashes } = bundle;
  const others = new Map<number, OtherLeaf>();
  const spans: number[] = [];
  for (const [place, span] of bundle.spans.entries()) {
    if (span === null || hashes === null) continue;
    const entry = bytes.subarray(span[0], span[1]);
    if (isSignatorys(entry)) {
      spans.push(place, span[0], span[1]);
      continue;
    }
    const index = first + place;
    const hash = leafHashOf(entry);
    if (!equalBytes(hash, hashes.subarray(32 * place, 32 * place + 32))) {
      found("leaf-changed", index, "The entry is not the one that the log's tile holds the hash of.");
      continue;
    }
    const leaf = readOther(entry, index, found);
    if (leaf === null) continue;
    const letter = await takeIn(ledger, source, leaf, index, encodeBase64url(hash), found);
    if (letter !== null) checker.addLetter(contextOf(ledger.workforce, letter));
    others.set(place, { leaf, letter });
  }
  return { first, width, hashes, others, spans: Uint32Array.from(spans) };
}

function readOther(entry: Uint8Array, index: number, found: Found): OtherLeaf["leaf"] | null {
  try {
    return parseLeaf(entry) as OtherLeaf["leaf"];
  } catch (error) {
    found("leaf-malformed", index, `The entry is no leaf of this protocol. ${messageOf(error)}`);
    return null;
  }
}

/** A letter is taken in even where something is wrong with it, so that all else that is wrong is found too. */
async function takeIn(
  ledger: Ledger,
  source: FileSource,
  leaf: OtherLeaf["leaf"],
  index: number,
  name: string,
  found: Found,
): Promise<Letter | null> {
  if (index === 0 && leaf.type !== "workforce") {
    found("leaf-out-of-place", index, "Leaf 0 must be the workforce leaf of version 1.");
  }
  if (leaf.type === "workforce") await checkWorkforceLeaf(ledger, source, leaf, index, found);
  if (leaf.type === "epoch") await checkEpochLeaf(ledger, source, leaf, index, found);
  if (leaf.type === "client") await checkClientLeaf(ledger, source, leaf, index, found);
  if (leaf.type !== "letter") return null;
  const checked = await checkLetterLeaf(ledger, source, leaf, index, name, found);
  if (checked === null) return null;
  ledger.letters.set(leaf.letter, checked.letter);
  return checked.letter;
}
