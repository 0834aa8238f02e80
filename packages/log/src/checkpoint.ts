/**
 * Checkpoints (C2SP tlog-checkpoint): the text of a signed note, by which a log states its size and root.
 *
 *     origin LF
 *     size LF                  decimal, no leading zeros
 *     base64(32-byte root) LF
 *     [extension LF ...]       each non-empty; we write none
 *
 * Everything in it is a claim until openCheckpoint() has verified the log's own signature. Witnesses' cosignatures
 * never stand in for that one.
 */
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { equalBytes, HASH_LENGTH, isWellFormed, requireHashes } from "./bytes.ts";
import { type CosignatureVerifier, readCosignature } from "./cosignature.ts";
import { LogError } from "./errors.ts";
import { EMPTY_ROOT } from "./merkle.ts";
import { type NoteSignature, type NoteVerifier, openNote } from "./note.ts";
import { parseDecimal, requireCount } from "./numbers.ts";

export interface TreeHead {
  /** The log's identity, matched byte for byte. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export interface Checkpoint extends TreeHead {
  /** Opaque lines that a log may add; nothing may depend on them. */
  readonly extensions: readonly string[];
}

export interface VerifiedCosignature {
  readonly name: string;
  readonly keyId: string;
  /** POSIX seconds, as the witness states them. */
  readonly timestamp: number;
}

export interface CheckpointTrust {
  /** The origin that the keys below were configured for. */
  readonly origin: string;
  /** The log's keys: at least one of them must have signed. */
  readonly verifiers: readonly NoteVerifier[];
  readonly witnesses?: readonly CosignatureVerifier[];
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The note's text: the body that a cosignature covers. */
  readonly text: string;
  /** By the log's keys. Never empty. */
  readonly signatures: readonly NoteSignature[];
  /** By known witnesses, one a key. */
  readonly cosignatures: readonly VerifiedCosignature[];
}

/** The body with its final LF. Throws `checkpoint-malformed`, `number-out-of-range` or `hash-malformed`. */
export function formatCheckpoint({ origin, size, root }: TreeHead): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  if (origin === "" || !isWellFormed(origin) || /[\u0000-\u001f]/.test(origin)) throw malformed();
  requireCount(size);
  requireHashes([root]);
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/**
 * Throws `checkpoint-malformed` for anything but the lines above; also for a size above 2^53-1. Does not compare
 * the root of an empty tree: openCheckpoint() does, after the signature.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  if (lines.length < 4 || lines.pop() !== "" || lines.some((line) => line === "")) throw malformed();
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  const size = parseDecimal(sizeLine!);
  if (size === null) throw malformed();
  let root: Uint8Array;
  try {
    root = decodeBase64(rootLine!);
  } catch {
    throw malformed();
  }
  if (root.length !== HASH_LENGTH) throw malformed();
  return { origin: origin!, size, root, extensions };
}

/**
 * Opens a checkpoint of one log. Throws what openNote() and parseCheckpoint() throw; `note-unsigned` when only
 * witnesses have signed; `checkpoint-origin` for a checkpoint of another log; `checkpoint-empty-root` for size 0
 * with a root that is not EMPTY_ROOT.
 */
export async function openCheckpoint(
  note: Uint8Array,
  { origin, verifiers, witnesses = [] }: CheckpointTrust,
): Promise<OpenedCheckpoint> {
  const { text, verified } = await openNote(note, [...verifiers, ...witnesses]);
  const isBy = (keys: readonly NoteVerifier[]) => (signature: NoteSignature) =>
    keys.some(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
  const signatures = verified.filter(isBy(verifiers));
  if (signatures.length === 0) {
    throw new LogError(
      "note-unsigned",
      "The log itself has not signed this: witnesses alone do not vouch for it.",
    );
  }
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) {
    throw new LogError(
      "checkpoint-origin",
      "This checkpoint is of another log: ask the log that you expected.",
    );
  }
  if (checkpoint.size === 0 && !equalBytes(checkpoint.root, EMPTY_ROOT)) {
    throw new LogError(
      "checkpoint-empty-root",
      "A log of size 0 states the root of another tree: do not trust it.",
    );
  }
  const cosignatures = verified.filter(isBy(witnesses)).map(({ name, keyId, signature }) => {
    return { name, keyId, timestamp: readCosignature(signature).timestamp };
  });
  return { checkpoint, text, signatures, cosignatures };
}

function malformed(): LogError {
  return new LogError(
    "checkpoint-malformed",
    "This is not a checkpoint in the C2SP form: get it again from the log.",
  );
}
