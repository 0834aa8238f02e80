/** What a log's leaves have made of each signatory's key, as a builder of logs believes it: no leaf is checked. */
import type { EndorsementClass, PerClass, SignatoryLeaf } from "@undersigned/core";

export interface KeyState {
  readonly class: EndorsementClass;
  seq: number;
  withdrawn: boolean;
  /** Of the leaf that counts. */
  index: number;
  leaf: string;
}

/** PROTOCOL §8. */
export const OPENINGS_PER_PAGE = 1000;

type Follows = (leaf: SignatoryLeaf, known: KeyState) => boolean;

export class KeyStates {
  readonly #follows: Follows;
  readonly #of = new Map<string, Map<string, KeyState>>();
  /** Days of the first and the last batch with endorsements, by letter. */
  readonly #days = new Map<string, { first: string; last: string }>();

  /** `follows` says whether a later leaf of a key counts; any does unless told. */
  constructor(follows: Follows = () => true) {
    this.#follows = follows;
  }

  /** `day` is that of the batch. */
  add(
    leaf: SignatoryLeaf,
    at: { readonly index: number; readonly name: string; readonly day: string },
  ): void {
    const { index, name, day } = at;
    const keys = this.#of.get(leaf.letter) ?? new Map<string, KeyState>();
    this.#of.set(leaf.letter, keys);
    const known = keys.get(leaf.key);
    if (leaf.type === "endorsement") {
      this.#days.set(leaf.letter, { first: this.#days.get(leaf.letter)?.first ?? day, last: day });
      const state = { class: leaf.class, seq: 0, withdrawn: false, index, leaf: name };
      if (known === undefined) keys.set(leaf.key, state);
    } else if (known !== undefined && this.#follows(leaf, known)) {
      Object.assign(known, { seq: leaf.seq, withdrawn: leaf.type === "withdrawal", index, leaf: name });
    }
  }

  /** By key, in the order in which they came into the log. */
  of(letter: string): [key: string, state: KeyState][] {
    return [...(this.#of.get(letter) ?? [])];
  }

  counts(letter: string): { counts: PerClass; withdrawn: PerClass } {
    const counts = { mailbox: 0, vouched: 0 };
    const withdrawn = { mailbox: 0, vouched: 0 };
    for (const [, key] of this.of(letter)) (key.withdrawn ? withdrawn : counts)[key.class]++;
    return { counts, withdrawn };
  }

  /** What index.json says of them. */
  indexOf(letter: string) {
    const { counts, withdrawn } = this.counts(letter);
    const endorsements = this.of(letter).length;
    return {
      endorsements,
      counted: { ...counts },
      withdrawn: { ...withdrawn },
      days: this.#days.get(letter) ?? null,
      bits: 0,
      pages: Math.ceil(endorsements / OPENINGS_PER_PAGE),
    };
  }
}
