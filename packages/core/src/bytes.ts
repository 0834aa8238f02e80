/**
 * Bytes and their text forms. Every decoder is strict: a byte string has exactly one accepted text, so that two
 * different files can never mean the same leaf. Follows RFC 4648 section 5 (base64url, unpadded, 3.5 canonical
 * trailing bits) and section 8 (hex, here lower case), and the WHATWG Encoding standard's fatal UTF-8 decoder.
 * All text handed in may come from an attacker.
 */

import { CoreError } from "./errors.ts";

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NOT_IN_ALPHABET = 0xff;
const SEXTETS = new Uint8Array(128).fill(NOT_IN_ALPHABET);
for (let i = 0; i < 64; i++) SEXTETS[BASE64URL.charCodeAt(i)] = i;

const HEX = "0123456789abcdef";
const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, i) => HEX[i >> 4]! + HEX[i & 15]!);
const NIBBLES = new Uint8Array(128).fill(NOT_IN_ALPHABET);
for (let i = 0; i < 16; i++) NIBBLES[HEX.charCodeAt(i)] = i;

const utf8Encoder = new TextEncoder();
// ignoreBOM keeps a byte order mark in the text, so that decoding stays injective and a parser sees it.
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const nativeToBase64 = typeof Uint8Array.prototype.toBase64 === "function";
const nativeFromBase64 = typeof Uint8Array.fromBase64 === "function";
/** Below this many characters the call into the native decoder costs more than the loop. */
const NATIVE_DECODE_FROM = 96;

/** base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  if (nativeToBase64) return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  let text = "";
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    text +=
      BASE64URL[word >> 18]! +
      BASE64URL[(word >> 12) & 63]! +
      BASE64URL[(word >> 6) & 63]! +
      BASE64URL[word & 63]!;
  }
  if (i + 1 === bytes.length) {
    text += BASE64URL[bytes[i]! >> 2]! + BASE64URL[(bytes[i]! << 4) & 63]!;
  } else if (i + 2 === bytes.length) {
    const word = (bytes[i]! << 8) | bytes[i + 1]!;
    text += BASE64URL[word >> 10]! + BASE64URL[(word >> 4) & 63]! + BASE64URL[(word << 2) & 63]!;
  }
  return text;
}

/**
 * Decodes unpadded base64url. Throws CoreError `bad-encoding` for padding, white space, the characters `+` and
 * `/`, a length that no byte string has and non-zero trailing bits; `bad-length` when `length` (in bytes) is
 * given and differs.
 */
export function decodeBase64url(text: string, length?: number): Uint8Array {
  const chars = text.length;
  const tail = chars & 3;
  if (tail === 1) throw badBase64url();
  const size = (chars >> 2) * 3 + (tail === 0 ? 0 : tail - 1);
  if (length !== undefined && size !== length) {
    throw new CoreError("bad-length", `Give a base64url value of ${length} bytes; this one has ${size}.`);
  }
  if (tail !== 0) {
    const last = text.charCodeAt(chars - 1);
    const sextet = last < 128 ? SEXTETS[last]! : NOT_IN_ALPHABET;
    if ((sextet & (tail === 2 ? 0x0f : 0x03)) !== 0) throw badBase64url();
  }
  return nativeFromBase64 && chars >= NATIVE_DECODE_FROM
    ? decodeNatively(text, size)
    : decodeByTable(text, size);
}

/**
 * The native decoder is looser than we are: it skips white space and takes padding. Either leaves fewer bytes
 * than the text's length calls for, so comparing sizes refuses both. Trailing bits are checked before.
 */
function decodeNatively(text: string, size: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(text, { alphabet: "base64url", lastChunkHandling: "loose" });
  } catch {
    throw badBase64url();
  }
  if (bytes.length !== size) throw badBase64url();
  return bytes;
}

function decodeByTable(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    const sextet = char < 128 ? SEXTETS[char]! : NOT_IN_ALPHABET;
    if (sextet === NOT_IN_ALPHABET) throw badBase64url();
    word = ((word << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = word >> bits;
    }
  }
  return bytes;
}

function badBase64url(): CoreError {
  return new CoreError(
    "bad-encoding",
    "Encode the bytes as base64url (A-Z a-z 0-9 - _) without padding, white space or spare bits.",
  );
}

/** Lower-case hex. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += HEX_PAIRS[bytes[i]!]!;
  return text;
}

/**
 * Decodes lower-case hex. Throws CoreError `bad-encoding` for an odd number of digits, upper case or anything
 * else; `bad-length` when `length` (in bytes) is given and differs.
 */
export function decodeHex(text: string, length?: number): Uint8Array {
  if (text.length % 2 !== 0) throw badHex();
  const size = text.length / 2;
  if (length !== undefined && size !== length) {
    throw new CoreError("bad-length", `Give a hex value of ${length} bytes; this one has ${size}.`);
  }
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const high = nibble(text.charCodeAt(2 * i));
    const low = nibble(text.charCodeAt(2 * i + 1));
    if (high === NOT_IN_ALPHABET || low === NOT_IN_ALPHABET) throw badHex();
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

function nibble(char: number): number {
  return char < 128 ? NIBBLES[char]! : NOT_IN_ALPHABET;
}

function badHex(): CoreError {
  return new CoreError("bad-encoding", "Encode the bytes as lower-case hex, two digits a byte.");
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Compares without stopping at the first difference; only the lengths may show in the time taken. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/**
 * Order of two byte strings, byte by byte, a prefix first: negative, 0 or positive, for `sort`. Not constant in
 * time.
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

/** The big-endian number that the bytes are (OS2IP, RFC 8017 section 4.2); 0 for none. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x0${encodeHex(bytes)}`);
}

/** UTF-8. Throws CoreError `bad-encoding` for a lone surrogate, which TextEncoder would silently replace. */
export function utf8Encode(text: string): Uint8Array {
  if (!isWellFormed(text)) {
    throw new CoreError(
      "bad-encoding",
      "Remove the half of a surrogate pair: the text is not valid Unicode.",
    );
  }
  return utf8Encoder.encode(text);
}

/**
 * Text of UTF-8 bytes; a leading byte order mark stays in the text. Throws CoreError `bad-encoding` for other
 * bytes.
 */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    throw new CoreError("bad-encoding", "Encode the text as UTF-8: these bytes are not.");
  }
}

const hasIsWellFormed = typeof String.prototype.isWellFormed === "function";

/** Whether every surrogate has its other half. `String.prototype.isWellFormed` is younger than the browsers this runs in. */
export function isWellFormed(text: string): boolean {
  return hasIsWellFormed ? text.isWellFormed() : !/\p{Surrogate}/u.test(text);
}
