/**
 * The one error class of this package. Callers branch on `code`; the message is for a person and says what to do next.
 * Neither carries a mailbox, a code, a key, a token or a word of the phrase. Where a server refused, `remote` holds
 * its code: a short word of small letters, whatever the server sent.
 */
import type { Receipt } from "@undersigned/core";

export type ClientErrorCode =
  | "address-refused"
  | "answer-malformed"
  | "appearance-not-offered"
  | "code-malformed"
  | "desk-closed"
  | "epoch-unknown"
  | "evidence-not-accepted"
  | "invitation-invalid"
  | "letter-text-missing"
  | "letter-unknown"
  | "name-malformed"
  | "name-not-confirmed"
  | "no-answer"
  | "no-epoch"
  | "not-an-opener"
  | "nothing-to-carry"
  | "receipt-implausible"
  | "receipt-invalid"
  | "refused"
  | "signatories-malformed"
  | "signatories-too-few"
  | "slot-taken"
  | "slots-used-up"
  | "token-invalid"
  | "too-few-tokens"
  | "work-failed"
  | "work-too-hard"
  | "wrong-enrolment";

export interface ClientErrorDetails {
  /** The code that a server refused with, or null if no server did. */
  readonly remote?: string | null;
  /** The HTTP status that a server refused with, or null if no server did. */
  readonly status?: number | null;
  /** A receipt that the board has signed and that is yet not what it should be: evidence, to be kept. */
  readonly receipt?: Receipt | null;
}

export class ClientError extends Error {
  readonly code: ClientErrorCode;
  readonly remote: string | null;
  readonly status: number | null;
  readonly receipt: Receipt | null;

  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails = {}) {
    super(message);
    this.name = "ClientError";
    this.code = code;
    this.remote = details.remote ?? null;
    this.status = details.status ?? null;
    this.receipt = details.receipt ?? null;
  }
}
