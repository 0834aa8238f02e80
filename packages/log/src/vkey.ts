/**
 * Verifier keys of signed notes (C2SP signed-note), one line of text:
 *
 *     <name>+<key ID, 8 lowercase hex>+<base64(type byte || public key)>
 *
 * The key ID is 4 bytes of hash: an identifier that anyone can collide, no proof of the key.
 */
import { sha256 } from "#sha256";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { concatBytes, isWellFormed, toHex, utf8 } from "./bytes.ts";
import { LogError } from "./errors.ts";

/** Ed25519 over the note's text: 32-byte key. */
export const KEY_TYPE_ED25519 = 0x01;
/** Timestamped Ed25519 cosignature/v1: 32-byte key. */
export const KEY_TYPE_COSIGNATURE_ED25519 = 0x04;
/** Timestamped ML-DSA-44 cosignature: 1,312-byte key. Such keys parse; nothing here verifies with them. */
export const KEY_TYPE_COSIGNATURE_MLDSA44 = 0x06;

const KEY_LENGTHS: ReadonlyMap<number, number> = new Map([
  [KEY_TYPE_ED25519, 32],
  [KEY_TYPE_COSIGNATURE_ED25519, 32],
  [KEY_TYPE_COSIGNATURE_MLDSA44, 1312],
]);

export interface Vkey {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** Non-empty, well-formed Unicode, without white space (Unicode's White_Space), control characters and `+`. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  return name !== "" && isWellFormed(name) && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);
}

/** SHA-256(name || LF || type || public key), the first 4 bytes as 8 lowercase hex digits. */
export function noteKeyId(name: string, type: number, publicKey: Uint8Array): string {
  return toHex(sha256(concatBytes([utf8(`${name}\n`), Uint8Array.of(type), publicKey])).subarray(0, 4));
}

/**
 * Throws `vkey-malformed`, `vkey-unsupported` (a type other than 0x01, 0x04, 0x06, or another key length than its
 * type has) or `vkey-id-mismatch`. Whether the key bytes are a point of the curve is for the verify function.
 */
export function parseVkey(vkey: string): Vkey {
  // The base64 part may hold `+` itself: only the first two separate.
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey);
  if (match === null || !isKeyName(match[1]!)) throw malformed();
  const name = match[1]!;
  const keyId = match[2]!;
  let material: Uint8Array;
  try {
    material = decodeBase64(match[3]!);
  } catch {
    throw malformed();
  }
  const type = material[0];
  if (type === undefined) throw malformed();
  const publicKey = material.slice(1);
  requireKeyLength(type, publicKey);
  if (noteKeyId(name, type, publicKey) !== keyId) {
    throw new LogError(
      "vkey-id-mismatch",
      "The verifier key was altered or mistyped: get it again from its owner.",
    );
  }
  return { name, keyId, type, publicKey };
}

/** Throws `vkey-malformed` for a bad name, `vkey-unsupported` as parseVkey() does. */
export function formatVkey(name: string, type: number, publicKey: Uint8Array): string {
  if (!isKeyName(name)) throw malformed();
  requireKeyLength(type, publicKey);
  const material = encodeBase64(concatBytes([Uint8Array.of(type), publicKey]));
  return `${name}+${noteKeyId(name, type, publicKey)}+${material}`;
}

function requireKeyLength(type: number, publicKey: Uint8Array): void {
  if (KEY_LENGTHS.get(type) !== publicKey.length) {
    throw new LogError(
      "vkey-unsupported",
      "Use an Ed25519 key of type 0x01 or 0x04, or ML-DSA-44 of type 0x06.",
    );
  }
}

function malformed(): LogError {
  return new LogError("vkey-malformed", "Pass a verifier key of the form name+keyid+base64.");
}
