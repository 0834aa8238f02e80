/**
 * The one error class of this package. Callers branch on `code`; the message is for a person and says what to do next.
 * Neither carries a mailbox, a code, a key, a token or a word of the phrase. Where a server refused, `remote` holds
 * its code: a short word of small letters, whatever the server sent.
 */

export type ClientErrorCode =
  | "address-refused"
  | "answer-malformed"
  | "appearance-not-offered"
  | "class-not-issued"
  | "code-malformed"
  | "epoch-unknown"
  | "head-unknown"
  | "letter-text-missing"
  | "letter-unknown"
  | "no-answer"
  | "receipt-implausible"
  | "receipt-invalid"
  | "refused"
  | "signatories-malformed"
  | "signatories-too-few"
  | "slot-taken"
  | "token-invalid"
  | "too-few-tokens"
  | "wrong-enrolment";

export class ClientError extends Error {
  readonly code: ClientErrorCode;
  /** The code that a server refused with, or null if no server did. */
  readonly remote: string | null;
  /** The HTTP status that a server refused with, or null if no server did. */
  readonly status: number | null;

  constructor(
    code: ClientErrorCode,
    message: string,
    refusal: { readonly remote: string | null; readonly status: number } | null = null,
  ) {
    super(message);
    this.name = "ClientError";
    this.code = code;
    this.remote = refusal?.remote ?? null;
    this.status = refusal?.status ?? null;
  }
}
