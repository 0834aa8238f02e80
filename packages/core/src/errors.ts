/**
 * The one error class of this package. Callers branch on `code`; the message is for a person and says what to
 * do next. Neither may carry personal data, keys, codes or tokens: so an error never quotes its input, and
 * never keeps an engine's own error as its cause (JSON.parse quotes the text it fails on).
 */

export type CoreErrorCode =
  | "bad-domain"
  | "bad-ed25519-key"
  | "bad-encoding"
  | "bad-field"
  | "bad-invitation"
  | "bad-length"
  | "bad-phrase"
  | "bad-rsa-key"
  | "blind-failed"
  | "group-mailbox"
  | "mailbox-malformed"
  | "mailbox-not-here"
  | "not-canonical"
  | "not-json"
  | "not-nfc"
  | "rsa-out-of-range"
  | "signature-invalid"
  | "too-deep"
  | "too-few-tokens"
  | "too-large"
  | "unknown-field"
  | "wrong-link"
  | "wrong-phrase";

export class CoreError extends Error {
  readonly code: CoreErrorCode;

  constructor(code: CoreErrorCode, message: string) {
    super(message);
    this.name = "CoreError";
    this.code = code;
  }
}
