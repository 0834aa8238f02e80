/**
 * The one error class of this package. `code` is for programs; `message` tells a person what to do next and never holds
 * a mailbox, a code, a key or anything else out of a request.
 */

/** Codes that a request can meet, each with the HTTP status of its answer. */
const ANSWERS = {
  "workforce-unknown": 404,
  "epoch-unknown": 404,
  "epoch-not-open": 409,
  "evidence-not-accepted": 422,
  "wrong-code": 403,
  "too-many-tries": 429,
  "already-enrolled": 409,
  "mail-reserved": 409,
  "not-reserved": 409,
  "mail-refused": 403,
  "mail-key-retired": 403,
  "mail-key-unreachable": 503,
  "mail-spent": 409,
  "invitation-invalid": 403,
  "invitation-used": 409,
  "log-not-read": 503,
  "epoch-not-logged": 503,
  "set-back": 409,
  "keys-destroyed": 410,
  "keys-missing": 410,
  "work-needed": 428,
  "work-wrong": 428,
  "not-the-board": 403,
  "wrong-day": 422,
  busy: 503,
  "second-party-down": 503,
  "not-allowed": 403,
  "bad-element": 400,
} as const;

/** Codes that only the operator meets. As answers they are `internal`, without their message. */
type OperatorCode =
  | "bad-address"
  | "backup-refused"
  | "bad-manifest"
  | "bad-proof"
  | "bad-scalar"
  | "card-damaged"
  | "card-differs"
  | "epoch-closed"
  | "epoch-exists"
  | "epoch-keys-differ"
  | "epoch-keys-missing"
  | "epoch-lost"
  | "epoch-not-over"
  | "identity-differs"
  | "identity-missing"
  | "issuance-record-missing"
  | "keys-locked"
  | "name-refused"
  | "names-not-accepted"
  | "not-a-registrar"
  | "other-process-active"
  | "other-workforce"
  | "second-party-key-missing"
  | "second-party-wrong"
  | "signing-failed"
  | "tag-key-differs"
  | "tag-key-missing"
  | "tags-missing";

export type RegistrarErrorCode = keyof typeof ANSWERS | OperatorCode;

export class RegistrarError extends Error {
  readonly code: RegistrarErrorCode;

  constructor(code: RegistrarErrorCode, message: string) {
    super(message);
    this.name = "RegistrarError";
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
  "mailbox-malformed": 422,
  "rsa-out-of-range": 422,
};
