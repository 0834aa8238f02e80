/**
 * What a recount can find (PROTOCOL §10), gathered into what it means for a reader. `Record` over the closed list of codes: a
 * code without a group does not compile.
 */

import type { Failure, FailureCode } from "@undersigned/verify";
import { say } from "../say.ts";

export type GroupName =
  | "known"
  | "checkpoint"
  | "tree"
  | "files"
  | "form"
  | "signatures"
  | "workforce"
  | "keys"
  | "letters"
  | "batches"
  | "endorsements"
  | "closings"
  | "further"
  | "clients"
  | "openings"
  | "numbers"
  | "issuance"
  | "destructions"
  | "headcount";

const GROUP_OF: Readonly<Record<FailureCode, GroupName>> = {
  "file-missing": "files",
  "file-malformed": "files",
  "file-too-large": "files",
  "checkpoint-signature": "checkpoint",
  "checkpoint-origin": "checkpoint",
  "witness-quorum": "checkpoint",
  "leaf-changed": "tree",
  "tiles-inconsistent": "tree",
  "known-checkpoint-foreign": "known",
  "log-shorter-than-known": "known",
  "log-forked": "known",
  "leaf-malformed": "form",
  "leaf-out-of-place": "form",
  "workforce-mismatch": "form",
  "signature-invalid": "signatures",
  "manifest-mismatch": "workforce",
  "manifest-chain-broken": "workforce",
  "manifest-signatures": "workforce",
  "epoch-number": "keys",
  "epoch-manifest": "keys",
  "epoch-statements": "keys",
  "statement-mismatch": "keys",
  "statement-signature": "keys",
  "bad-rsa-key": "keys",
  "modulus-repeated": "keys",
  "letter-epoch": "letters",
  "letter-days": "letters",
  "letter-slot-taken": "letters",
  "letter-slot-skipped": "letters",
  "letter-chain-broken": "letters",
  "letter-opener": "letters",
  "letter-repeated": "letters",
  "letter-unknown": "letters",
  "batch-position": "batches",
  "batch-day-order": "batches",
  "batch-count-wrong": "batches",
  "batch-unsorted": "batches",
  "batch-wrong-day": "batches",
  "batch-under-minimum": "batches",
  "batch-before-first": "batches",
  "endorsement-repeated": "endorsements",
  "endorsement-after-closing": "endorsements",
  "token-count": "endorsements",
  "token-registrar-unknown": "endorsements",
  "token-registrar-repeated": "endorsements",
  "class-not-issued": "endorsements",
  "token-invalid": "endorsements",
  "sequence-repeated": "endorsements",
  "predecessor-missing": "endorsements",
  "closing-repeated": "closings",
  "closing-too-early": "closings",
  "closing-count-wrong": "closings",
  "closing-outcome-wrong": "closings",
  "early-closing-signatures": "closings",
  "early-closing-days": "closings",
  "early-closing-repeated": "closings",
  "delivery-out-of-place": "further",
  "delivery-days": "further",
  "delivery-repeated": "further",
  "organiser-signatures": "further",
  "record-days": "further",
  "record-repeated": "further",
  "record-wrong": "further",
  "client-mismatch": "clients",
  "opening-mismatch": "openings",
  "opening-misplaced": "openings",
  "opening-not-offered": "openings",
  "name-not-confirmed": "openings",
  "count-inflated": "numbers",
  "index-wrong": "numbers",
  "issuance-unknown": "issuance",
  "more-endorsed-than-issued": "issuance",
  "destruction-unknown": "destructions",
  "destruction-too-early": "destructions",
  "destruction-repeated": "destructions",
  "more-than-headcount": "headcount",
};

/** In the order in which they are shown: what puts all else in doubt first. */
export const GROUPS = [
  "known",
  "checkpoint",
  "tree",
  "files",
  "form",
  "signatures",
  "workforce",
  "keys",
  "letters",
  "batches",
  "endorsements",
  "closings",
  "further",
  "clients",
  "openings",
  "numbers",
  "issuance",
  "destructions",
  "headcount",
] as const satisfies readonly GroupName[];

export interface FailureGroup {
  readonly name: GroupName;
  readonly wrong: string;
  /** In the report's order. */
  readonly failures: readonly Failure[];
}

export function groupOf(code: FailureCode): GroupName {
  return GROUP_OF[code];
}

/** Without the groups that have none. */
export function groupFailures(failures: readonly Failure[]): FailureGroup[] {
  return GROUPS.map((name) => ({
    name,
    wrong: say(`recount.wrong.${name}`),
    failures: failures.filter(({ code }) => GROUP_OF[code] === name),
  })).filter((group) => group.failures.length > 0);
}

/** Groups with the first `most` failures in all, as shown on a page. */
export function firstOf(groups: readonly FailureGroup[], most: number): FailureGroup[] {
  let left = most;
  const shown: FailureGroup[] = [];
  for (const group of groups) {
    const failures = group.failures.slice(0, left);
    left -= failures.length;
    if (failures.length > 0) shown.push({ ...group, failures });
  }
  return shown;
}
