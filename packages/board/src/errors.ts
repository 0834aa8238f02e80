/**
 * The one error class of this package. `code` is for programs; `message` tells a person what to do next and holds
 * nothing of a request. What it may name are public things of the log: a slot, a leaf hash, a day.
 */

/** Codes that a request can meet, each with the HTTP status of its answer. */
const ANSWERS = {
  "workforce-unknown": 404,
  "letter-unknown": 404,
  "letter-not-open": 409,
  "wrong-quorum": 422,
  "token-invalid": 422,
  "signature-invalid": 422,
  "opening-mismatch": 422,
  "appearance-not-offered": 422,
  "name-not-confirmed": 422,
  "already-endorsed": 409,
  "sequence-taken": 409,
  "predecessor-unknown": 409,
  "too-many-pending": 429,

  "not-an-opener": 403,
  "key-refused": 403,
  "manifest-mismatch": 422,
  "letter-days": 422,
  "letter-repeated": 409,
  "letter-chain": 409,
  "slot-taken": 409,
  "epoch-unknown": 404,
  "epoch-full": 409,
  "epoch-taken": 409,
  "epoch-days": 422,
  "statement-mismatch": 422,
  "too-few-statements": 422,
  "modulus-repeated": 409,
  "epoch-not-over": 409,
  "destruction-taken": 409,
  "not-an-organiser": 403,
  "early-closing-taken": 409,
  "unlisted-mismatch": 422,

  "letter-unlisted": 409,
  "letter-not-closed": 409,
  "letter-not-delivered": 409,
  "delivery-days": 422,
  "delivery-size": 422,
  "document-mismatch": 422,
  "too-few-organisers": 422,
  "mail-not-checked": 422,
  "answer-mismatch": 422,
  "demand-unknown": 422,
  "entry-days": 422,
  "entry-mismatch": 422,
  "record-behind": 409,
  "record-unknown": 404,
  "register-full": 409,
  "too-many-records": 409,

  "not-this-board": 422,
  "log-key-taken": 409,
  "followed-own": 409,
  "too-many-followed": 409,
  "witnesses-not-supported": 422,
  "manifest-chain": 409,
  "manifest-signatures": 422,
} as const;

/** Codes that only the operator meets. As answers they are `internal`, without their message. */
type OperatorCode =
  /** What is stored does not hash to what was signed. */
  | "log-damaged"
  /** The database is older than what this process has signed: a backup was restored under it. */
  | "log-behind"
  | "log-key-missing"
  | "keys-damaged";

export type BoardErrorCode = keyof typeof ANSWERS | OperatorCode;

export class BoardError extends Error {
  readonly code: BoardErrorCode;

  constructor(code: BoardErrorCode, message: string) {
    super(message);
    this.name = "BoardError";
    this.code = code;
  }
}

/** HTTP statuses by error code: ours, and those of core's codes that a request can cause. */
export const errorStatus: Readonly<Record<string, number>> = {
  ...ANSWERS,
  "bad-encoding": 400,
  "bad-field": 400,
  "bad-length": 400,
  "unknown-field": 400,
  "not-canonical": 400,
  "not-nfc": 400,
  "too-large": 413,
  "bad-rsa-key": 422,
};
