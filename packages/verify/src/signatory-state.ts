/**
 * The state of every key under one letter (PROTOCOL §4 rules 7 to 9), leaf by leaf in the log's order. Takes only leaves
 * whose tokens and signature were found valid and which stand in a batch; decides what the leaves before make of them.
 * Holds a few hundred bytes a key, and nothing else of a log.
 */
import type { EndorsementClass, PerClass } from "@undersigned/core";

export interface KeyState {
  readonly class: EndorsementClass;
  /** How many keys endorsed the letter before this one. */
  readonly ordinal: number;
  seq: number;
  /** Leaf hash of the leaf with that seq, base64url. */
  leaf: string;
  /** Index of that leaf. */
  index: number;
  /** Commitment of that leaf; null in a withdrawn state. */
  commitment: string | null;
}

/** A leaf as far as state goes. */
export interface Step {
  readonly key: string;
  readonly seq: number;
  readonly previous: string | null;
  readonly leaf: string;
  readonly index: number;
  /** Null for a withdrawal. */
  readonly commitment: string | null;
}

export type StepRefusal = "endorsement-repeated" | "sequence-repeated" | "predecessor-missing";

export class SignatoryStates {
  readonly keys = new Map<string, KeyState>();
  readonly endorsed: { -readonly [C in keyof PerClass]: number } = { mailbox: 0, vouched: 0 };
  readonly withdrawn: { -readonly [C in keyof PerClass]: number } = { mailbox: 0, vouched: 0 };

  /** Keys whose state is counted, by class. */
  get counted(): PerClass {
    const { endorsed, withdrawn } = this;
    return { mailbox: endorsed.mailbox - withdrawn.mailbox, vouched: endorsed.vouched - withdrawn.vouched };
  }

  /** Null when the endorsement counts. */
  endorse({ key, leaf, index, commitment }: Step, cls: EndorsementClass): StepRefusal | null {
    if (this.keys.has(key)) return "endorsement-repeated";
    this.keys.set(key, { class: cls, ordinal: this.keys.size, seq: 0, leaf, index, commitment });
    this.endorsed[cls]++;
    return null;
  }

  /** A revision or, without commitment, a withdrawal. Null when it becomes the key's state. */
  follow(step: Step): StepRefusal | null {
    const state = this.keys.get(step.key);
    if (state === undefined) return "predecessor-missing";
    if (step.seq <= state.seq) return "sequence-repeated";
    if (step.seq !== state.seq + 1 || step.previous !== state.leaf) return "predecessor-missing";
    const change = Number(step.commitment === null) - Number(state.commitment === null);
    this.withdrawn[state.class] += change;
    state.seq = step.seq;
    state.leaf = step.leaf;
    state.index = step.index;
    state.commitment = step.commitment;
    return null;
  }
}
