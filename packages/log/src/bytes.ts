/** Byte helpers that this package shares. Isomorphic; nothing here is constant-time, as nothing here is secret. */
import { LogError } from "./errors.ts";

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF in the text: dropping it would make other bytes of what was signed.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text, or null when the bytes are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A copy that is a plain Uint8Array even of a Buffer, whose own slice() would share its memory. */
export function copyBytes(bytes: Uint8Array, start = 0, end: number = bytes.length): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

export const HASH_LENGTH = 32;

export function isHash(value: Uint8Array): boolean {
  return value.length === HASH_LENGTH;
}

/** Throws `hash-malformed` unless every item has exactly 32 bytes. */
export function requireHashes(hashes: readonly Uint8Array[]): void {
  for (const hash of hashes) {
    if (!isHash(hash)) throw new LogError("hash-malformed", "Pass SHA-256 hashes of exactly 32 bytes.");
  }
}

const hasIsWellFormed = typeof String.prototype.isWellFormed === "function";

/** Whether every surrogate has its other half. `String.prototype.isWellFormed` is younger than the browsers this runs in. */
export function isWellFormed(text: string): boolean {
  return hasIsWellFormed ? text.isWellFormed() : !/\p{Surrogate}/u.test(text);
}
