/**
 * Issuance (PROTOCOL §4, §10): registrars' signed numbers of enrolments, and that no letter bears more of a registrar's
 * tokens than it can have issued. Finds stolen keys; a registrar that lies about its number is not found by it.
 */
import { CLASSES, type EndorsementClass, type IssuanceLeaf, verifyObject } from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Epoch, Ledger } from "./ledger.ts";
import { type LetterRecord, tokenUse } from "./letter-record.ts";

export interface Issuance {
  readonly leaf: IssuanceLeaf;
  readonly index: number;
}

/** The last valid statement of each registrar in each epoch. */
export class IssuanceRecord {
  readonly #last = new Map<string, Issuance>();

  /** Checks a leaf and keeps it if it is right. */
  async onIssuance(ledger: Ledger, leaf: IssuanceLeaf, index: number, found: Found): Promise<void> {
    if (leaf.workforce !== ledger.workforce) {
      found("workforce-mismatch", index, "The issuance is of another workforce.");
      return;
    }
    const epoch = ledger.epochs.get(leaf.epoch);
    if (epoch === undefined || epoch.index > index || !epoch.statements.has(leaf.registrar)) {
      found("issuance-unknown", index, `The issuance is of somebody who has no keys in epoch ${leaf.epoch}.`);
      return;
    }
    if (!(await verifyObject(leaf, leaf.registrar))) {
      found("signature-invalid", index, "The issuance is not signed by its registrar.");
      return;
    }
    this.#last.set(`${leaf.epoch} ${leaf.registrar}`, { leaf, index });
  }

  last(epoch: number, registrar: string): IssuanceLeaf | undefined {
    return this.#last.get(`${epoch} ${registrar}`)?.leaf;
  }

  /** By `<epoch> <registrar>`. */
  all(): ReadonlyMap<string, Issuance> {
    return this.#last;
  }

  /** For one letter; registrars that have stated nothing yet bound nothing. */
  checkLetter({ letter, tokensUsed }: LetterRecord, found: Found): void {
    for (const { identity, name } of letter.epoch.version.manifest.registrars) {
      const last = this.last(letter.leaf.epoch, identity);
      if (last === undefined) continue;
      for (const cls of CLASSES) {
        const used = tokensUsed.get(tokenUse(cls, identity)) ?? 0;
        const most = mostIssued(letter.epoch, last, cls);
        if (used > most) {
          const message = `${used} endorsements of class ${cls} bear tokens of ${name}, which has issued ${most} at most.`;
          found("more-endorsed-than-issued", null, message, letter.leaf.letter);
        }
      }
    }
  }
}

/** Counts are rounded down to the batch, so up to batch - 1 more may have been issued for each kind of evidence. */
export function mostIssued(
  epoch: Epoch,
  { issued, batch }: Pick<IssuanceLeaf, "issued" | "batch">,
  cls: EndorsementClass,
): number {
  let most = 0;
  for (const { kind, class: of } of epoch.version.manifest.evidence) {
    if (of !== cls) continue;
    most += (issued.find((item) => item.evidence === kind)?.count ?? 0) + batch - 1;
  }
  return most;
}
