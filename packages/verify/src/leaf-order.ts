/**
 * Second pass, leaf after leaf in the log's order, with the checker's answers at hand: what each leaf means after those
 * before it. What is found wrong is not counted.
 */
import { type Day, encodeBase64url } from "@undersigned/core";
import { BatchRules } from "./check-batches.ts";
import { checkClosing } from "./check-closings.ts";
import { DestructionRecord } from "./check-destructions.ts";
import { checkEarlyClosing } from "./check-early-closings.ts";
import { checkFurtherLeaf } from "./check-further-life.ts";
import { IssuanceRecord } from "./check-issuance.ts";
import type { CheckedLeaf, LeafSummary } from "./checker.ts";
import type { FailureCode, Found } from "./errors.ts";
import { isFurther } from "./further-rules.ts";
import type { Ledger } from "./ledger.ts";
import { type LetterRecord, recordOf, tokenUse } from "./letter-record.ts";
import type { StepRefusal } from "./signatory-state.ts";
import type { OtherLeaf, SortedBundle } from "./sort-leaves.ts";
import type { FileSource } from "./source.ts";

const REFUSALS: Record<StepRefusal, string> = {
  "endorsement-repeated": "The key has endorsed this letter before; it counts once.",
  "sequence-repeated": "The key has a leaf with this or a higher seq already; the first one counts.",
  "predecessor-missing": "The leaf does not follow the state that its key has at this point.",
};

export class LeafOrder {
  readonly letters = new Map<string, LetterRecord>();
  readonly issuance = new IssuanceRecord();
  readonly destructions = new DestructionRecord();
  readonly #ledger: Ledger;
  readonly #found: Found;
  readonly #batches: BatchRules;
  readonly #source: FileSource;
  /** Of the last leaf about what became of any letter. */
  #furtherDay: Day | null = null;

  constructor(ledger: Ledger, source: FileSource, found: Found) {
    this.#ledger = ledger;
    this.#source = source;
    this.#found = found;
    this.#batches = new BatchRules(ledger.workforce, this.letters, found);
  }

  async take({ first, width, hashes, others }: SortedBundle, checked: readonly CheckedLeaf[]): Promise<void> {
    let next = 0;
    for (let place = 0; place < width; place++) {
      const index = first + place;
      const other = others.get(place);
      if (other !== undefined) {
        await this.#takeOther(other, index);
      } else if (checked[next]?.place === place && hashes !== null) {
        this.#takeSignatorys(checked[next]!, index, hashes.subarray(32 * place, 32 * place + 32));
        next++;
      } else {
        this.#batches.afterEntry(false);
      }
    }
  }

  finish(size: number): void {
    this.#batches.finish(size);
  }

  async #takeOther({ leaf, letter }: OtherLeaf, index: number): Promise<void> {
    if (leaf.type === "batch") {
      this.#batches.onBatch(leaf, index);
      return;
    }
    this.#batches.onOther(index);
    if (leaf.type === "letter" && letter !== null) this.letters.set(leaf.letter, recordOf(letter));
    if (leaf.type === "issuance") await this.issuance.onIssuance(this.#ledger, leaf, index, this.#found);
    if (leaf.type === "destruction") {
      await this.destructions.onDestruction(this.#ledger, leaf, index, this.#found);
    }
    if (leaf.type === "early-closing") {
      const record = this.letters.get(leaf.letter);
      const { workforce } = this.#ledger;
      const { lastDay } = this.#batches;
      const moved = await checkEarlyClosing(workforce, leaf, index, record, lastDay, this.#found);
      if (moved && record !== undefined) record.earlyClosing = { leaf, index };
    }
    if (isFurther(leaf)) {
      const { workforce } = this.#ledger;
      const notBefore = laterOf(this.#batches.lastDay, this.#furtherDay);
      const log = { workforce, source: this.#source, notBefore, found: this.#found };
      const record = this.letters.get(leaf.letter);
      if ((await checkFurtherLeaf(log, leaf, index, record)) !== null) this.#furtherDay = leaf.day;
    }
    if (leaf.type === "closing") {
      const record = this.letters.get(leaf.letter);
      if (!checkClosing(leaf, index, record, this.#found) || record === undefined) return;
      const inForce = this.#ledger.versions.findLast((version) => version.index < index);
      record.closing = { leaf, index, inForce: (inForce ?? record.letter.version).manifest };
      this.#batches.onClosing(leaf.letter, leaf.day);
    }
  }

  #takeSignatorys({ leaf, problems }: CheckedLeaf, index: number, hash: Uint8Array): void {
    for (const { code, message } of problems) this.#found(code, index, message, leaf?.letter);
    if (leaf === null) {
      this.#batches.afterEntry(false);
      return;
    }
    const day = this.#batches.onSignatory({ ...leaf, hash }, index);
    if (day === null) return;
    const record = this.letters.get(leaf.letter);
    if (record === undefined) {
      if (!problems.some(({ code }) => code === "letter-unknown")) {
        this.#found(
          "letter-unknown",
          index,
          `The ${leaf.type} is of a letter that has not been opened.`,
          leaf.letter,
        );
      }
    } else {
      this.#apply(record, leaf, index, hash, day, problems.length === 0);
    }
    this.#batches.afterEntry(true);
  }

  #apply(
    record: LetterRecord,
    leaf: LeafSummary,
    index: number,
    hash: Uint8Array,
    day: string,
    valid: boolean,
  ): void {
    const step = { ...leaf, index, leaf: encodeBase64url(hash) };
    const refused = (code: FailureCode, message: string) => this.#found(code, index, message, leaf.letter);
    if (leaf.type !== "endorsement" || leaf.class === null) {
      const refusal = valid ? record.states.follow(step) : null;
      if (refusal !== null) refused(refusal, REFUSALS[refusal]);
      return;
    }
    record.released++;
    record.firstDay ??= day;
    record.lastDay = day;
    if (record.closing !== null) {
      refused("endorsement-after-closing", `The letter was closed by leaf ${record.closing.index}.`);
      return;
    }
    if (!valid) return;
    const refusal = record.states.endorse(step, leaf.class);
    if (refusal !== null) {
      refused(refusal, REFUSALS[refusal]);
      return;
    }
    for (const registrar of leaf.registrars) {
      const use = tokenUse(leaf.class, registrar);
      record.tokensUsed.set(use, (record.tokensUsed.get(use) ?? 0) + 1);
    }
  }
}

function laterOf(a: Day | null, b: Day | null): Day | null {
  return a === null || (b !== null && b > a) ? b : a;
}
