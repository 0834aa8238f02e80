/** Letters in a set: their leaves, the batches of what is signed, and how they close. */
import {
  type BatchLeaf,
  type ClosingLeaf,
  encodeCanonical,
  type JsonValue,
  type LetterLeaf,
  type LetterManifest,
  type LetterRef,
  leafName,
  letterId,
  type SignatoryLeaf,
  type Signer,
  signEarlyClosing,
  signObject,
} from "@undersigned/core";
import { FurtherIndexes } from "../../../test/kit/further-leaves.ts";
import { batchRows, sortedForBatch } from "../../../test/kit/log-parts/batch-rows.ts";
import { KeyStates } from "../../../test/kit/log-parts/key-states.ts";
import type { Edit, Mutable } from "../../../test/kit/log-parts/mutable.ts";
import { WorkforceSet } from "./workforce-set.ts";

export class LetterSet extends WorkforceSet {
  readonly letters: (LetterRef & { readonly index: number })[] = [];
  /** Leaves of further-leaves.ts. */
  readonly further = new FurtherIndexes();
  /** What a reader who believes every leaf holds of each key. */
  protected readonly keyStates = new KeyStates();

  /** Of the batch leaf that came last. */
  #day = "";
  readonly #closings = new Map<string, number>();
  readonly #earlyClosings = new Map<string, number>();
  readonly #slots = new Map<number, number>();
  #lastLetter: string | null = null;

  addLetter(
    manifest: LetterManifest,
    {
      epoch = 1,
      leaf: edit,
      signer = this.own.opener,
    }: { epoch?: number; leaf?: Edit<Omit<LetterLeaf, "sig">>; signer?: Signer } = {},
  ): LetterRef {
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const letter = letterId(file);
    this.documents.set(`manifests/${letter}.json`, file);
    const { opens, closes, batch } = manifest;
    const unsigned: Mutable<Omit<LetterLeaf, "sig">> = {
      type: "letter",
      v: 1,
      workforce: this.workforce,
      letter,
      version: 1,
      epoch,
      slot: this.#slots.get(epoch) ?? 0,
      previous: this.#lastLetter,
      opens,
      closes,
      batch: structuredClone(batch),
      by: signer.publicKey,
    };
    edit?.(unsigned);
    return this.appendLetter(signObject(unsigned, signer));
  }

  appendLetter(leaf: LetterLeaf): LetterRef {
    const index = this.append(leaf);
    this.#lastLetter = leafName(this.entries[index]!);
    this.#slots.set(leaf.epoch, (this.#slots.get(leaf.epoch) ?? 0) + 1);
    const { letter, epoch, slot } = leaf;
    const ref = { workforce: this.workforce, letter, epoch, slot };
    if (!this.letters.some((known) => known.letter === letter)) this.letters.push({ ...ref, index });
    return ref;
  }

  /** Index of the batch leaf. `order` rearranges, drops or repeats what the batch leaf has stated. */
  batch(
    day: string,
    leaves: readonly SignatoryLeaf[],
    options: {
      readonly edit?: Edit<BatchLeaf> | undefined;
      readonly order?: ((sorted: SignatoryLeaf[]) => SignatoryLeaf[]) | undefined;
    } = {},
  ): number {
    const sorted = sortedForBatch(leaves);
    const index = this.entries.length;
    const batch: Mutable<BatchLeaf> = {
      type: "batch",
      v: 1,
      workforce: this.workforce,
      day,
      previous: index,
      letters: batchRows(sorted),
    };
    options.edit?.(batch);
    this.append(batch);
    this.#day = batch.day;
    for (const leaf of options.order?.(sorted) ?? sorted) this.appendSignatory(leaf);
    return index;
  }

  appendSignatory(leaf: SignatoryLeaf): number {
    const index = this.append(leaf);
    this.keyStates.add(leaf, { index, name: leafName(this.entries[index]!), day: this.#day });
    return index;
  }

  close(at: LetterRef, day: string, outcome: ClosingLeaf["outcome"], edit?: Edit<ClosingLeaf>): number {
    const leaf: Mutable<ClosingLeaf> = {
      type: "closing",
      v: 1,
      letter: at.letter,
      day,
      outcome,
      ...this.keyStates.counts(at.letter),
      destroyed: outcome === "closed" ? { mailbox: 0, vouched: 0 } : null,
    };
    edit?.(leaf);
    const index = this.append(leaf);
    if (!this.#closings.has(at.letter)) this.#closings.set(at.letter, index);
    return index;
  }

  /** An early closing by these organisers. */
  closeEarly(at: LetterRef, day: string, closes: string, organisers: readonly Signer[]): number {
    const of = { workforce: this.workforce, letter: at.letter, closes };
    const by = organisers
      .map((organiser) => signEarlyClosing(of, organiser))
      .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    const index = this.append({ type: "early-closing", v: 1, ...of, day, by });
    if (!this.#earlyClosings.has(at.letter)) this.#earlyClosings.set(at.letter, index);
    return index;
  }

  /** What index.json says of them. */
  protected lettersIndex() {
    return this.letters.map(({ letter, index }) => ({
      letter,
      leaf: index,
      closing: this.#closings.get(letter) ?? null,
      earlyClosing: this.#earlyClosings.get(letter) ?? null,
      ...this.further.of(letter),
      ...this.keyStates.indexOf(letter),
    }));
  }
}
