/**
 * What a pool does: the checks of signatories' leaves that need nothing but the leaf, its hash and the letter's keys. They
 * are nearly all of a recount's work, so they run on every core; whatever depends on the leaves before runs in one place
 * (signatory-state.ts). Whole bundles go over at once, so that messages cost little.
 */
import type { EndorsementClass, SignatoryLeaf } from "@undersigned/core";
import type { FailureCode } from "./errors.ts";

/** All that tokens of one letter are checked against. From leaves and statements that were checked before. */
export interface LetterContext {
  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
  readonly slot: number;
  /** Tokens that an endorsement must have. */
  readonly quorum: number;
  /** Classes for which the epoch has keys. */
  readonly classes: readonly EndorsementClass[];
  /** The keys of the letter's slot. */
  readonly keys: readonly {
    readonly registrar: string;
    /** The registrar's public name, for messages. */
    readonly name: string;
    readonly class: EndorsementClass;
    /** DER, base64url. */
    readonly spki: string;
  }[];
}

/** Signatories' leaves of one entry bundle. */
export interface CheckUnit {
  /** The bundle, with the two bytes before each entry. It is the checker's from now on. */
  readonly bytes: Uint8Array;
  /** Three numbers for each leaf: its place in the tile, and where its entry starts and ends in `bytes`. */
  readonly spans: Uint32Array;
  /** Leaf hashes of the tile, 32 bytes each: what the entries must hash to. */
  readonly hashes: Uint8Array;
}

export interface Problem {
  readonly code: FailureCode;
  readonly message: string;
}

export interface CheckedLeaf {
  /** Place in the tile. */
  readonly place: number;
  /** Null when the entry is not the log's or no leaf; then there is a problem that says so. */
  readonly leaf: LeafSummary | null;
  /** Empty exactly if everything that was to be checked holds. */
  readonly problems: readonly Problem[];
}

/** What the rules about a leaf's place need of it. */
export interface LeafSummary {
  readonly type: SignatoryLeaf["type"];
  readonly letter: string;
  readonly key: string;
  readonly seq: number;
  readonly previous: string | null;
  /** Null for a withdrawal. */
  readonly commitment: string | null;
  /** Null for what is no endorsement. */
  readonly class: EndorsementClass | null;
  /** Whose tokens an endorsement has; empty for others. */
  readonly registrars: readonly string[];
}

export interface Checker {
  /** Units to hand over before awaiting the first, so that no core waits. */
  readonly unitsAtOnce: number;
  /** Must come before the first unit that has leaves of the letter. A letter comes once. */
  addLetter(context: LetterContext): void;
  /** One answer for each span, in order. Throws VerifyError `checker-failed` when the checker itself breaks. */
  check(unit: CheckUnit): Promise<CheckedLeaf[]>;
  close(): Promise<void>;
}

export type CheckerFactory = () => Checker;
