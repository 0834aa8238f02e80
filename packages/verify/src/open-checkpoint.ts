/** Checkpoints of a workforce's log (PROTOCOL §8, §10): signed by the key that the first manifest names, and cosigned. */
import { decodeBase64url, verifyEd25519, type WorkforceManifest } from "@undersigned/core";
import {
  type CosignatureVerifier,
  type Ed25519Verify,
  ed25519CosignatureVerifier,
  ed25519NoteVerifier,
  encodeBase64,
  formatVkey,
  KEY_TYPE_ED25519,
  LogError,
  type NoteVerifier,
  openCheckpoint,
} from "@undersigned/log";
import type { FailureCode, Found } from "./errors.ts";

export interface LogCheckpoint {
  /** The whole signed note. */
  readonly note: Uint8Array;
  /** Its text: origin, size, root. */
  readonly text: string;
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

const verify: Ed25519Verify = (signature, message, publicKey) => verifyEd25519(publicKey, message, signature);

function logVerifier(manifest: WorkforceManifest): NoteVerifier {
  const { key, origin } = manifest.log;
  return ed25519NoteVerifier(formatVkey(origin, KEY_TYPE_ED25519, decodeBase64url(key, 32)), verify);
}

/**
 * Opens a checkpoint of the log that `manifest`, any version, names. Null with a failure `checkpoint-signature`,
 * `checkpoint-origin` or `file-malformed`.
 */
export async function openLogCheckpoint(
  note: Uint8Array,
  manifest: WorkforceManifest,
  found: Found,
): Promise<LogCheckpoint | null> {
  const { origin } = manifest.log;
  try {
    const { checkpoint, text } = await openCheckpoint(note, { origin, verifiers: [logVerifier(manifest)] });
    return { note, text, origin, size: checkpoint.size, root: checkpoint.root };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    found(failureFor(error), null, `The checkpoint cannot be relied on. ${error.message}`);
    return null;
  }
}

function failureFor({ code }: LogError): FailureCode {
  if (code === "checkpoint-origin") return code;
  return code === "note-unsigned" || code === "note-signature-invalid"
    ? "checkpoint-signature"
    : "file-malformed";
}

/**
 * Names of the witnesses of `manifest`, the version in force, that have cosigned; a failure `witness-quorum` if they are
 * fewer than it demands, or one of their signatures is wrong. One key counts once, and the log's own does not.
 */
export async function checkWitnesses(
  note: Uint8Array,
  manifest: WorkforceManifest,
  found: Found,
): Promise<string[]> {
  const witnesses = usableWitnesses(manifest);
  const { origin } = manifest.log;
  let cosigned: string[] = [];
  try {
    const opened = await openCheckpoint(note, { origin, verifiers: [logVerifier(manifest)], witnesses });
    cosigned = opened.cosignatures.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    found("witness-quorum", null, `A witness's line on the checkpoint cannot be relied on. ${error.message}`);
    return [];
  }
  if (cosigned.length < manifest.witnessQuorum) {
    const message = `${manifest.witnessQuorum} witnesses must have cosigned the checkpoint; ${cosigned.length} have.`;
    found("witness-quorum", null, message);
  }
  return cosigned;
}

function usableWitnesses(manifest: WorkforceManifest): CosignatureVerifier[] {
  const keys = new Set([encodeBase64(decodeBase64url(manifest.log.key, 32))]);
  const usable: CosignatureVerifier[] = [];
  for (const { vkey } of manifest.witnesses) {
    let verifier: CosignatureVerifier;
    try {
      verifier = ed25519CosignatureVerifier(vkey, verify);
    } catch {
      // A kind of key that nothing here verifies: such a witness cannot count.
      continue;
    }
    const key = verifier.publicKey === undefined ? verifier.keyId : encodeBase64(verifier.publicKey);
    if (keys.has(key)) continue;
    keys.add(key);
    usable.push(verifier);
  }
  return usable;
}
