/**
 * The one error class of this package, and the closed list of what a recount can find (PROTOCOL §10 has a sentence for
 * each). Callers branch on `code`; a message says what was expected and where, and never carries a key, token, signature
 * or shown name: it may be printed and published as it stands.
 */

/** What can be wrong with a log and its files. */
export type FailureCode =
  // files
  | "file-missing"
  | "file-malformed"
  | "file-too-large"
  // checkpoint and tree
  | "checkpoint-signature"
  | "checkpoint-origin"
  | "witness-quorum"
  | "leaf-changed"
  | "tiles-inconsistent"
  | "known-checkpoint-foreign"
  | "log-shorter-than-known"
  | "log-forked"
  // leaves in general
  | "leaf-malformed"
  | "leaf-out-of-place"
  | "workforce-mismatch"
  | "signature-invalid"
  // manifests
  | "manifest-mismatch"
  | "manifest-chain-broken"
  | "manifest-signatures"
  // epochs
  | "epoch-number"
  | "epoch-manifest"
  | "epoch-statements"
  | "statement-mismatch"
  | "statement-signature"
  | "bad-rsa-key"
  | "modulus-repeated"
  // letters
  | "letter-epoch"
  | "letter-days"
  | "letter-slot-taken"
  | "letter-slot-skipped"
  | "letter-chain-broken"
  | "letter-opener"
  | "letter-repeated"
  | "letter-unknown"
  // batches
  | "batch-position"
  | "batch-day-order"
  | "batch-count-wrong"
  | "batch-unsorted"
  | "batch-wrong-day"
  | "batch-under-minimum"
  | "batch-before-first"
  // endorsements, revisions, withdrawals
  | "endorsement-repeated"
  | "endorsement-after-closing"
  | "token-count"
  | "token-registrar-unknown"
  | "token-registrar-repeated"
  | "class-not-issued"
  | "token-invalid"
  | "sequence-repeated"
  | "predecessor-missing"
  // closings
  | "closing-repeated"
  | "closing-too-early"
  | "closing-count-wrong"
  | "closing-outcome-wrong"
  // early closings
  | "early-closing-signatures"
  | "early-closing-days"
  | "early-closing-repeated"
  // deliveries, answers, judgements, dealings, the chronicle
  | "delivery-out-of-place"
  | "delivery-days"
  | "delivery-repeated"
  | "organiser-signatures"
  | "record-days"
  | "record-repeated"
  | "record-wrong"
  // client builds
  | "client-mismatch"
  // destructions
  | "destruction-unknown"
  | "destruction-too-early"
  | "destruction-repeated"
  // openings
  | "opening-mismatch"
  | "opening-misplaced"
  | "opening-not-offered"
  | "name-not-confirmed"
  // numbers
  | "count-inflated"
  | "index-wrong"
  | "issuance-unknown"
  | "more-endorsed-than-issued"
  | "more-than-headcount";

/** What can be wrong with a question, or with the way to the files. */
export type VerifyErrorCode =
  | FailureCode
  /** The address is not one that files are read from: no URL, folder or bundle; or plain http to another machine. */
  | "source-refused"
  /** The server answered with an error, not at all, or not in time. */
  | "source-unavailable"
  /** A path leads out of the folder, or is none that the protocol has. */
  | "path-refused"
  /** The ZIP is damaged or uses what bundles do not need. */
  | "bundle-malformed"
  /** A receipt is not one of this workforce's board. */
  | "receipt-invalid"
  /** The processes that check signatures ended before their work was done. */
  | "checker-failed";

export class VerifyError extends Error {
  readonly code: VerifyErrorCode;

  constructor(code: VerifyErrorCode, message: string) {
    super(message);
    this.name = "VerifyError";
    this.code = code;
  }
}

/** One thing that is wrong. */
export interface Failure {
  readonly code: FailureCode;
  /** Index of the leaf that shows it; null where it is none leaf's. */
  readonly leaf: number | null;
  /** Letter id, where it is one letter's. */
  readonly letter?: string;
  readonly message: string;
}

/** Where checks put what they find: a list for a recount, an exception for a client. */
export type Found = (code: FailureCode, leaf: number | null, message: string, letter?: string) => void;

/** Collects failures into a list. */
export function collectInto(failures: Failure[]): Found {
  return (code, leaf, message, letter) => {
    failures.push(letter === undefined ? { code, leaf, message } : { code, leaf, letter, message });
  };
}

/** Throws the first failure as VerifyError. */
export const refuse: Found = (code, leaf, message) => {
  throw new VerifyError(code, leaf === null ? message : `Leaf ${leaf}: ${message}`);
};
