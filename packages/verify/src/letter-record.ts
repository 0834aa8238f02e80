/** What a recount keeps of one letter while it reads on. */
import type {
  ClosingLeaf,
  Day,
  EarlyClosingLeaf,
  EndorsementClass,
  WorkforceManifest,
} from "@undersigned/core";
import { FurtherLife } from "./further-life.ts";
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
  /** What has moved the last day, if anything has. */
  earlyClosing: { readonly leaf: EarlyClosingLeaf; readonly index: number } | null;
  closing: { readonly leaf: ClosingLeaf; readonly index: number; readonly inForce: WorkforceManifest } | null;
  /** What became of it. */
  readonly further: FurtherLife;
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
    earlyClosing: null,
    closing: null,
    further: new FurtherLife(),
    tokensUsed: new Map(),
  };
}

/** The last day of a letter at this point of the log. */
export function closesOf({ letter, earlyClosing }: Pick<LetterRecord, "letter" | "earlyClosing">): Day {
  return earlyClosing?.leaf.closes ?? letter.leaf.closes;
}

export function tokenUse(cls: EndorsementClass, registrar: string): string {
  return `${cls} ${registrar}`;
}
