/**
 * Evidence of any kind, in two steps. What can be told from the request alone is refused at once, so that nobody does a
 * proof of work in vain; the proof itself comes after that work.
 */
import type { Evidence } from "@undersigned/core";
import type { Epoch, EpochSecrets } from "../keys/load-epochs.ts";
import type { Registrar } from "../registrar.ts";
import type { UsedMail } from "../storage/enrolment-writer.ts";
import { codeEvidence } from "./code-evidence.ts";
import { mailEvidence } from "./mail-evidence.ts";
import { vouchEvidence } from "./vouch-evidence.ts";

/** Where and by whom evidence is shown. */
export type EvidenceAt = {
  readonly epoch: Epoch;
  readonly secrets: EpochSecrets;
  /** The caller's. */
  readonly network: string;
};

/** What evidence has shown. */
export type Proved = {
  /** By which it is known again within the epoch, 32 bytes. */
  readonly tag: Uint8Array;
  /** Canonical; null where none was proved. */
  readonly mailbox: string | null;
  readonly mail: UsedMail | null;
};

/** Proves the evidence for these requests (`requestsHash`). Throws what the kind's module says. */
export type Prove = (requests: string) => Promise<Proved>;

export function readEvidence(registrar: Registrar, at: EvidenceAt, evidence: Evidence): Prove {
  switch (evidence.kind) {
    case "mailbox-code":
      return codeEvidence(registrar, at, evidence);
    case "existing-mail":
      return mailEvidence(registrar, at, evidence);
    case "vouch":
      return vouchEvidence(at, evidence);
  }
}
