/**
 * `destruction` leaves (PROTOCOL §4 rule 11): a registrar states that it has destroyed its keys and tags of an epoch. What is
 * checked is who says it and when; that it is true, nobody can prove.
 */
import { type DestructionLeaf, verifyObject } from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger } from "./ledger.ts";

export interface Destruction {
  readonly leaf: DestructionLeaf;
  readonly index: number;
}

export class DestructionRecord {
  readonly #first = new Map<string, Destruction>();

  /** Checks a leaf and keeps it if it is right. */
  async onDestruction(ledger: Ledger, leaf: DestructionLeaf, index: number, found: Found): Promise<void> {
    if (leaf.workforce !== ledger.workforce) {
      found("workforce-mismatch", index, "The destruction is of another workforce.");
      return;
    }
    const epoch = ledger.epochs.get(leaf.epoch);
    if (epoch === undefined || epoch.index > index || !epoch.statements.has(leaf.registrar)) {
      found(
        "destruction-unknown",
        index,
        `The destruction is of somebody who has no keys in epoch ${leaf.epoch}.`,
      );
      return;
    }
    if (!(await verifyObject(leaf, leaf.registrar))) {
      found("signature-invalid", index, "The destruction is not signed by its registrar.");
      return;
    }
    if (leaf.day <= epoch.leaf.closes) {
      found(
        "destruction-too-early",
        index,
        `Epoch ${leaf.epoch} goes on to ${epoch.leaf.closes}; its keys are in use until then.`,
      );
      return;
    }
    const name = `${leaf.epoch} ${leaf.registrar}`;
    if (this.#first.has(name)) {
      found("destruction-repeated", index, "The registrar has stated this before; once is enough.");
      return;
    }
    this.#first.set(name, { leaf, index });
  }

  of(epoch: number, registrar: string): DestructionLeaf | undefined {
    return this.#first.get(`${epoch} ${registrar}`)?.leaf;
  }

  /** By `<epoch> <registrar>`, in the log's order. */
  all(): ReadonlyMap<string, Destruction> {
    return this.#first;
  }
}
