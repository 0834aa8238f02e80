/**
 * Ed25519 cosignatures (C2SP tlog-cosignature, "cosignature/v1", key type 0x04): a witness states that, at a time,
 * this was the largest tree that it had seen of the log, consistent with all before. The note signature is
 *
 *     8 bytes    POSIX seconds, big-endian
 *     64 bytes   Ed25519 over "cosignature/v1" LF "time " <seconds> LF <whole checkpoint body>
 *
 * The witness's name is not signed: one key serves one witness and no other purpose. ML-DSA-44 cosignatures (0x06)
 * are not verified here: their keys parse (vkey.ts), their lines are those of unknown keys and ignored.
 */
import { concatBytes, copyBytes, utf8 } from "./bytes.ts";
import { LogError } from "./errors.ts";
import type { Ed25519Sign, Ed25519Verify, NoteSigner, NoteVerifier } from "./note.ts";
import { isCount } from "./numbers.ts";
import { isKeyName, KEY_TYPE_COSIGNATURE_ED25519, noteKeyId, parseVkey } from "./vkey.ts";

const TIMESTAMP_LENGTH = 8;
const COSIGNATURE_LENGTH = TIMESTAMP_LENGTH + 64;

export interface CosignatureVerifier extends NoteVerifier {
  readonly type: typeof KEY_TYPE_COSIGNATURE_ED25519;
}

export interface Cosignature {
  /** POSIX seconds. */
  readonly timestamp: number;
  /** The 64 bytes after it. */
  readonly signature: Uint8Array;
}

/** For a vkey of type 0x04. Throws as parseVkey() does, and `vkey-unsupported` for another type. */
export function ed25519CosignatureVerifier(vkey: string, verify: Ed25519Verify): CosignatureVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey);
  if (type !== KEY_TYPE_COSIGNATURE_ED25519) {
    throw new LogError("vkey-unsupported", "Pass an Ed25519 cosignature key of type 0x04 for a witness.");
  }
  return {
    name,
    keyId,
    type,
    publicKey,
    verify: (body, bytes) => {
      const { timestamp, signature } = readCosignature(bytes);
      return verify(signature, cosignatureMessage(timestamp, body), publicKey);
    },
  };
}

/**
 * Signs checkpoint bodies. `now` gives POSIX seconds; signing throws `cosignature-malformed` unless they are an
 * integer from 0 to 2^53-1. Only a witness that has checked consistency, and has stored the new size, may call it.
 * Throws `vkey-malformed` for a name that a note cannot carry.
 */
export function ed25519CosignatureSigner(
  name: string,
  publicKey: Uint8Array,
  sign: Ed25519Sign,
  now: () => number,
): NoteSigner {
  if (!isKeyName(name) || publicKey.length !== 32) {
    throw new LogError("vkey-malformed", "Pass a name without spaces and plus signs, and a key of 32 bytes.");
  }
  return {
    name,
    keyId: noteKeyId(name, KEY_TYPE_COSIGNATURE_ED25519, publicKey),
    sign: async (body) => {
      const timestamp = now();
      if (!isCount(timestamp)) throw malformed();
      const seconds = new Uint8Array(TIMESTAMP_LENGTH);
      new DataView(seconds.buffer).setBigUint64(0, BigInt(timestamp));
      return concatBytes([seconds, await sign(cosignatureMessage(timestamp, body))]);
    },
  };
}

/**
 * Takes a note signature (without key ID) apart; verifies nothing. Throws `cosignature-malformed` unless it has 72
 * bytes. A timestamp above 2^53-1 is refused as well, though the specification allows 2^63-1.
 */
export function readCosignature(bytes: Uint8Array): Cosignature {
  if (bytes.length !== COSIGNATURE_LENGTH) throw malformed();
  const seconds = new DataView(bytes.buffer, bytes.byteOffset, TIMESTAMP_LENGTH).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed();
  return { timestamp: Number(seconds), signature: copyBytes(bytes, TIMESTAMP_LENGTH) };
}

/** What an Ed25519 cosignature signs. `body` is the checkpoint's note text with its final LF. */
export function cosignatureMessage(timestamp: number, body: Uint8Array): Uint8Array {
  return concatBytes([utf8(`cosignature/v1\ntime ${timestamp}\n`), body]);
}

function malformed(): LogError {
  return new LogError(
    "cosignature-malformed",
    "Pass a timestamp in POSIX seconds followed by a 64-byte signature.",
  );
}
