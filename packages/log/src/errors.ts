/**
 * The one error class of this package. A message says what to do next; it never holds key material, signatures
 * or entry bytes, so it may be logged as it stands.
 */

export type LogErrorCode =
  /** A size, index or level is not an integer in the range that the function takes. */
  | "number-out-of-range"
  /** A hash is not exactly 32 bytes. */
  | "hash-malformed"
  /** The hashes of a compact range do not fit its size. */
  | "range-malformed"
  /** A tile or bundle path is not in its one canonical form. */
  | "tile-path-malformed"
  /** A hash tile does not hold the bytes that its width asks for. */
  | "tile-malformed"
  /** Neither a partial tile nor its full form could be read. `cause` holds the reader's error. */
  | "tile-unavailable"
  /** An entry bundle is cut off, too long or holds another number of entries. */
  | "bundle-malformed"
  /** An entry is longer than 65,535 bytes. */
  | "entry-too-large"
  /** Stored tiles do not hash to the root that was expected of them. */
  | "root-mismatch"
  /** Text that must be standard base64 with padding is not. */
  | "base64-malformed"
  /** A verifier key does not parse. */
  | "vkey-malformed"
  /** The key ID written in a verifier key is not that of its name and key. */
  | "vkey-id-mismatch"
  /** A verifier key has a type that is unknown, or that the called function does not take. */
  | "vkey-unsupported"
  /** A note is not in the form that the signed-note specification demands. */
  | "note-malformed"
  /** A note has more than 1,000,000 bytes. */
  | "note-too-large"
  /** A note has more than 100 signature lines. */
  | "note-too-many-signatures"
  /** A signature that claims a known key does not verify: the whole note is refused. */
  | "note-signature-invalid"
  /** No signature of a known key is on the note. */
  | "note-unsigned"
  /** Two verifiers share name and key ID, or one key stands behind two of them. */
  | "verifier-ambiguous"
  /** A checkpoint body is not in the form that tlog-checkpoint demands. */
  | "checkpoint-malformed"
  /** A checkpoint is well signed but belongs to another log. */
  | "checkpoint-origin"
  /** A checkpoint of size 0 states a root other than that of the empty tree. */
  | "checkpoint-empty-root"
  /** A cosignature is not a timestamp followed by 64 bytes, or its timestamp is out of range. */
  | "cosignature-malformed"
  /** A tlog-proof file does not parse. */
  | "proof-malformed"
  /** A proof parses but does not lead from the leaf to the checkpoint's root. */
  | "proof-invalid"
  /** Fewer witnesses cosigned than the caller demands. */
  | "quorum-not-met";

export class LogError extends Error {
  readonly code: LogErrorCode;

  constructor(code: LogErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "LogError";
    this.code = code;
  }
}
