/** Letters in a log: their manifests and leaves, the batches of what is signed, and how they close. */
import {
  type BatchLeaf,
  type BatchRule,
  type ClosingLeaf,
  type EarlyClosingLeaf,
  encodeCanonical,
  type JsonValue,
  type LetterLeaf,
  type LetterManifest,
  leafName,
  letterId,
  type SignatoryLeaf,
  type Signer,
  signEarlyClosing,
  signObject,
} from "@undersigned/core";
import { FurtherIndexes } from "../further-leaves.ts";
import { batchRows, sortedForBatch } from "../log-parts/batch-rows.ts";
import { KeyStates } from "../log-parts/key-states.ts";
import type { Edit, Mutable } from "../log-parts/mutable.ts";
import type { LetterHandle, LetterOptions } from "./options.ts";
import { WorkforceLog } from "./workforce-log.ts";

export class LetterLog extends WorkforceLog {
  readonly letters: LetterHandle[] = [];
  /** Leaves of further-leaves.ts. */
  readonly further = new FurtherIndexes();
  protected readonly keyStates = new KeyStates((leaf, known) => leaf.seq === known.seq + 1);

  readonly #closings = new Map<string, number>();
  readonly #earlyClosings = new Map<string, number>();
  /** Of the batch leaf that came last. */
  #day = "";
  readonly #slots = new Map<number, number>();
  #lastLetter: string | null = null;

  addLetter(options: LetterOptions = {}): LetterHandle {
    const epoch = options.epoch ?? Math.max(...this.epochs.keys());
    const slot = this.#slots.get(epoch) ?? 0;
    const rule = { min: options.min ?? 2, every: options.every ?? 1 };
    const batch: BatchRule = { first: options.first ?? 2, classes: { mailbox: rule, vouched: { ...rule } } };
    const [opens, closes] = [options.opens ?? "2026-03-02", options.closes ?? "2026-04-30"];
    const manifest: Mutable<LetterManifest> = {
      type: "letter-manifest",
      v: 1,
      workforce: this.workforce,
      salt: this.salt(`letter ${this.letters.length}`),
      language: "en",
      title: options.title ?? `Letter ${this.letters.length + 1}`,
      addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
      body: "We ask you to stop.",
      demands: [{ id: "stop", title: "Stop", text: "Stop it.", met: "It has stopped." }],
      supplement: null,
      appearances: options.appearances ?? ["anonymous", "named", "role"],
      names: options.names ?? "any",
      opens,
      closes,
      delivers: closes,
      delivery: "By post.",
      batch,
      organisers: this.organisers.map(({ publicKey }) => publicKey).sort(),
      replaces: null,
    };
    options.manifest?.(manifest);
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const letter = letterId(file);
    if (options.public ?? true) this.documents.set(`manifests/${letter}.json`, file);
    const unsigned: Omit<LetterLeaf, "sig"> = {
      type: "letter",
      v: 1,
      workforce: this.workforce,
      letter,
      version: 1,
      epoch,
      slot,
      previous: this.#lastLetter,
      opens,
      closes,
      batch: structuredClone(batch),
      by: this.opener.publicKey,
    };
    options.leaf?.(unsigned as Mutable<LetterLeaf>);
    return this.appendLetter(signObject(unsigned, this.opener));
  }

  /** Logs a letter leaf as it is and goes on from it. */
  appendLetter(leaf: LetterLeaf): LetterHandle {
    const index = this.append(leaf);
    this.#lastLetter = leafName(this.entries[index]!);
    this.#slots.set(leaf.epoch, (this.#slots.get(leaf.epoch) ?? 0) + 1);
    const handle = { letter: leaf.letter, epoch: leaf.epoch, slot: leaf.slot, leaf, index };
    this.letters.push(handle);
    return handle;
  }

  /**
   * Logs a batch: its leaf with the right rows, then the leaves in the order of PROTOCOL §4. `order` changes the order,
   * `edit` the batch leaf. Returns the batch leaf's index.
   */
  addBatch(
    day: string,
    leaves: readonly SignatoryLeaf[],
    options: {
      readonly edit?: Edit<BatchLeaf>;
      readonly order?: (sorted: readonly SignatoryLeaf[]) => readonly SignatoryLeaf[];
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

  /** Logs a signatory's leaf wherever the log stands. */
  appendSignatory(leaf: SignatoryLeaf): number {
    const index = this.append(leaf);
    this.keyStates.add(leaf, { index, name: leafName(this.entries[index]!), day: this.#day });
    return index;
  }

  close(
    letter: LetterHandle,
    day: string,
    options: { readonly outcome?: ClosingLeaf["outcome"]; readonly edit?: Edit<ClosingLeaf> } = {},
  ): number {
    const outcome = options.outcome ?? "closed";
    const leaf: Mutable<ClosingLeaf> = {
      type: "closing",
      v: 1,
      letter: letter.letter,
      day,
      outcome,
      ...this.keyStates.counts(letter.letter),
      destroyed: outcome === "closed" ? { mailbox: 0, vouched: 0 } : null,
    };
    options.edit?.(leaf);
    const index = this.append(leaf);
    this.#closings.set(letter.letter, index);
    return index;
  }

  /** An early closing by these organisers. */
  closeEarly(
    letter: LetterHandle,
    day: string,
    closes: string,
    options: { readonly by: readonly Signer[]; readonly edit?: Edit<EarlyClosingLeaf> },
  ): number {
    const of = { workforce: this.workforce, letter: letter.letter, closes };
    const by = options.by
      .map((organiser) => signEarlyClosing(of, organiser))
      .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    const leaf: Mutable<EarlyClosingLeaf> = { type: "early-closing", v: 1, ...of, day, by };
    options.edit?.(leaf);
    const index = this.append(leaf);
    if (!this.#earlyClosings.has(letter.letter)) this.#earlyClosings.set(letter.letter, index);
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
