/** What a recount keeps of one letter while it reads on. */
import type { ClosingLeaf, Day, EndorsementClass, WorkforceManifest } from "@undersigned/core";
import type { Letter } from "./ledger.ts";
import { SignatoryStates } from "./signatory-state.ts";

export interface LetterRecord {
  readonly letter: Letter;
  readonly states: SignatoryStates;
  /** Endorsement leaves in batches so far, whether they count or not. */
  released: number;
  /** Days of the first and the last batch with endorsements. */
  firstDay: Day | null;
  lastDay: Day | null;
  closing: { readonly leaf: ClosingLeaf; readonly index: number; readonly inForce: WorkforceManifest } | null;
  /** Endorsements that count, by `class registrar` of their tokens. */
  readonly tokensUsed: Map<string, number>;
}

export function recordOf(letter: Letter): LetterRecord {
  return {
    letter,
    states: new SignatoryStates(),
    released: 0,
    firstDay: null,
    lastDay: null,
    closing: null,
    tokensUsed: new Map(),
  };
}

export function tokenUse(cls: EndorsementClass, registrar: string): string {
  return `${cls} ${registrar}`;
}
