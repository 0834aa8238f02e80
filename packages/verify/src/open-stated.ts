/** What registrars have stated in the log, for who asks: the leaves that index.json names, each shown to be in the log. */
import type { DestructionLeaf, IssuanceLeaf } from "@undersigned/core";
import { DestructionRecord } from "./check-destructions.ts";
import { IssuanceRecord } from "./check-issuance.ts";
import { refuse, VerifyError } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import type { ProvenLeaves } from "./proven-leaves.ts";
import type { IndexFile } from "./public-files.ts";

export interface StatedByRegistrars {
  /** How many enrolments: the last statement of each registrar in each epoch. */
  readonly issuance: ReadonlyMap<string, IssuanceLeaf>;
  /** That its keys are destroyed. */
  readonly destructions: ReadonlyMap<string, DestructionLeaf>;
}

export type StatedReader = typeof readStated;

/** For `openWorkforce`. Throws VerifyError `index-wrong`, and the code of what is wrong with a leaf. */
export async function readStated(
  ledger: Ledger,
  log: ProvenLeaves,
  index: IndexFile,
  size: number,
): Promise<StatedByRegistrars> {
  const issuance = new IssuanceRecord();
  const destructions = new DestructionRecord();
  for (const position of [...index.issuance, ...index.destructions].sort((a, b) => a - b)) {
    if (position >= size) continue;
    const { leaf } = await log.read(position);
    if (leaf.type === "issuance") await issuance.onIssuance(ledger, leaf, position, refuse);
    else if (leaf.type === "destruction") await destructions.onDestruction(ledger, leaf, position, refuse);
    else throw new VerifyError("index-wrong", `Leaf ${position} is not what the index says that it is.`);
  }
  return {
    issuance: new Map([...issuance.all()].map(([name, { leaf }]) => [name, leaf])),
    destructions: new Map([...destructions.all()].map(([name, { leaf }]) => [name, leaf])),
  };
}
