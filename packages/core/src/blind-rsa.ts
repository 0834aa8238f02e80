/**
 * RSA blind signatures, the client's side and a verifier without engine: RFC 9474 (RSABSSA) over EMSA-PSS with
 * SHA-384 and MGF1-SHA-384 (RFC 8017 sections 8.1 and 9.1). Undersigned uses RSABSSA-SHA384-PSS-Randomized with
 * 2048 bits; the other three variants differ in `RsaBssaVariant` alone and are here for the published vectors.
 *
 * Nothing here is random: prefix, salt and blinding factor come from the caller, who derives them from the
 * phrase, so that a request can be repeated byte for byte. The caller must bind that derivation to the exact
 * SPKI: one factor under two keys links the two requests.
 *
 * The signer is an opponent: key and blind signature are its bytes, and `finalize` gives nothing out that it
 * has not verified. BigInt arithmetic takes time that depends on its operands; blinding runs on the person's
 * own device, once per token, and no secret RSA key ever comes here.
 */

import { sha384 } from "@noble/hashes/sha2.js";
import { bytesToBigInt, concatBytes, decodeHex, equalBytes } from "./bytes.ts";
import { CoreError } from "./errors.ts";
import { RSA_EXPONENT } from "./rsa-public-key.ts";

export interface RsaBssaVariant {
  /** Bytes of PSS salt; equal to the hash's, or none. */
  readonly saltLength: 48 | 0;
  /** Bytes of random prefix that Prepare puts before the message. */
  readonly prefixLength: 32 | 0;
}

/** RFC 9474 section 5, by name. */
export const RSABSSA_VARIANTS = {
  "RSABSSA-SHA384-PSS-Randomized": { saltLength: 48, prefixLength: 32 },
  "RSABSSA-SHA384-PSSZERO-Randomized": { saltLength: 0, prefixLength: 32 },
  "RSABSSA-SHA384-PSS-Deterministic": { saltLength: 48, prefixLength: 0 },
  "RSABSSA-SHA384-PSSZERO-Deterministic": { saltLength: 0, prefixLength: 0 },
} as const satisfies Record<string, RsaBssaVariant>;

/**
 * Modulus of any size (the vectors have 4096 bits) and the exponent 65537; see `parseRsaSpki` for real keys.
 */
export interface BlindRsaKey {
  readonly n: bigint;
  readonly e: bigint;
}

export interface Blinded {
  /** What the signer gets to see: as many bytes as the modulus has. */
  readonly blindedMessage: Uint8Array;
  /** r^-1 mod n. Secret until finalized: it links the request with the signature. */
  readonly inverse: bigint;
}

type PssHash = ((message: Uint8Array) => Uint8Array) & { readonly outputLen: number };

/**
 * Prepare (section 4.1): the prefix, 32 bytes or none as the variant has it, then the message. Throws CoreError
 * `bad-length`.
 */
export function prepare(variant: RsaBssaVariant, message: Uint8Array, prefix: Uint8Array): Uint8Array {
  if (prefix.length !== variant.prefixLength) {
    throw new CoreError("bad-length", `Give a message prefix of ${variant.prefixLength} bytes.`);
  }
  return concatBytes(prefix, message);
}

/**
 * Blind (section 4.2) with the given salt and blinding factor, which must be secret and uniform in [1, n).
 * Throws CoreError `bad-rsa-key` unless e is 65537, `rsa-out-of-range` for another r, and `blind-failed` when
 * the encoded message or r shares a factor with n: for an honest key that never happens, so the key is to be
 * reported, not tried again.
 */
export function blind(key: BlindRsaKey, inputMessage: Uint8Array, salt: Uint8Array, r: bigint): Blinded {
  requireExponent(key);
  const { n } = key;
  if (r < 1n || r >= n) throw new CoreError("rsa-out-of-range", "Derive the blinding factor within [1, n).");
  const modulusBits = bitLength(n);
  const m = bytesToBigInt(emsaPssEncode(inputMessage, modulusBits - 1, salt));
  // Inverting takes longest: (m r)^-1 exists only if both do, and times m it is r^-1.
  const both = modularInverse((m * r) % n, n);
  if (both === null) {
    const what = modularInverse(m, n) === null ? "a message" : "a blinding factor";
    throw new CoreError("blind-failed", `Report this registrar's key: ${what} divides it.`);
  }
  const inverse = (both * m) % n;
  const z = (m * power65537(r, n)) % n;
  return { blindedMessage: toBytes(z, byteLength(modulusBits)), inverse };
}

/**
 * Finalize (section 4.4): unblinds, verifies, and only then returns the signature, as many bytes as the
 * modulus. The same `inputMessage` and salt length as for `blind`. Throws CoreError `bad-length` or
 * `rsa-out-of-range` for a blind signature or inverse of another form, `signature-invalid` when the signer did
 * not sign what it was sent.
 */
export function finalize(
  key: BlindRsaKey,
  inputMessage: Uint8Array,
  blindSignature: Uint8Array,
  inverse: bigint,
  saltLength = 48,
): Uint8Array {
  requireExponent(key);
  const { n } = key;
  const size = byteLength(bitLength(n));
  if (blindSignature.length !== size) {
    throw new CoreError(
      "bad-length",
      `Ask the registrar again: its blind signature must have ${size} bytes.`,
    );
  }
  const z = bytesToBigInt(blindSignature);
  if (z >= n || inverse < 1n || inverse >= n) {
    throw new CoreError(
      "rsa-out-of-range",
      "Ask the registrar again: its blind signature is not below its modulus.",
    );
  }
  const signature = toBytes((z * inverse) % n, size);
  if (!verifyPss(key, inputMessage, signature, saltLength)) {
    throw new CoreError(
      "signature-invalid",
      "Report this registrar: its blind signature does not verify under its key.",
    );
  }
  return signature;
}

/**
 * RSASSA-PSS-VERIFY (RFC 8017 section 8.1.2) with SHA-384 and exactly `saltLength` bytes of salt. Never throws:
 * false for anything else than a valid signature, for a length other than the modulus has, and for an exponent
 * other than 65537.
 */
export function verifyPss(
  key: BlindRsaKey,
  inputMessage: Uint8Array,
  signature: Uint8Array,
  saltLength = 48,
): boolean {
  const modulusBits = bitLength(key.n);
  if (key.e !== RSA_EXPONENT || signature.length !== byteLength(modulusBits)) return false;
  const s = bytesToBigInt(signature);
  if (s >= key.n) return false;
  const m = power65537(s, key.n);
  const emBits = modulusBits - 1;
  const emLength = byteLength(emBits);
  if (bitLength(m) > 8 * emLength) return false;
  const encoded = toBytes(m, emLength);
  const salt = extractSalt(encoded, saltLength);
  // Encoding is a function of message and salt, so comparing whole encodings makes every check of section 9.1.2.
  return salt !== null && equalBytes(encoded, emsaPssEncode(inputMessage, emBits, salt));
}

/** The last `saltLength` bytes of DB, the part of EM before H || 0xbc, unmasked; null where EM is too short. */
function extractSalt(encoded: Uint8Array, saltLength: number): Uint8Array | null {
  const dbLength = encoded.length - sha384.outputLen - 1;
  if (dbLength < saltLength + 1) return null;
  const mask = mgf1(encoded.subarray(dbLength, dbLength + sha384.outputLen), dbLength, sha384);
  const salt = new Uint8Array(saltLength);
  for (let i = 0; i < saltLength; i++) {
    const at = dbLength - saltLength + i;
    salt[i] = encoded[at]! ^ mask[at]!;
  }
  return salt;
}

/**
 * EMSA-PSS-ENCODE (RFC 8017 section 9.1.1) with the given salt: ceil(emBits / 8) bytes. `emBits` is one less
 * than the modulus has bits. Throws CoreError `bad-length` when hash and salt do not fit.
 */
export function emsaPssEncode(
  message: Uint8Array,
  emBits: number,
  salt: Uint8Array,
  hash: PssHash = sha384,
): Uint8Array {
  const emLength = byteLength(emBits);
  const dbLength = emLength - hash.outputLen - 1;
  if (dbLength < salt.length + 1) {
    throw new CoreError("bad-length", "Use a longer modulus: hash and salt do not fit into this one.");
  }
  const h = hash(concatBytes(new Uint8Array(8), hash(message), salt));
  const encoded = new Uint8Array(emLength);
  encoded[dbLength - salt.length - 1] = 0x01;
  encoded.set(salt, dbLength - salt.length);
  const mask = mgf1(h, dbLength, hash);
  for (let i = 0; i < dbLength; i++) encoded[i]! ^= mask[i]!;
  encoded[0]! &= 0xff >> (8 * emLength - emBits);
  encoded.set(h, dbLength);
  encoded[emLength - 1] = 0xbc;
  return encoded;
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function mgf1(seed: Uint8Array, length: number, hash: PssHash): Uint8Array {
  const mask = new Uint8Array(length);
  const block = concatBytes(seed, new Uint8Array(4));
  const counter = new DataView(block.buffer, seed.length);
  for (let i = 0; i * hash.outputLen < length; i++) {
    counter.setUint32(0, i);
    const at = i * hash.outputLen;
    mask.set(hash(block).subarray(0, length - at), at);
  }
  return mask;
}

function requireExponent(key: BlindRsaKey): void {
  if (key.e !== RSA_EXPONENT) throw new CoreError("bad-rsa-key", "Use an RSA key with the exponent 65537.");
}

/** base^65537 mod n: sixteen squarings and one multiplication. */
export function power65537(base: bigint, n: bigint): bigint {
  let power = base;
  for (let i = 0; i < 16; i++) power = (power * power) % n;
  return (power * base) % n;
}

/** Extended Euclid for n > 1; null when `value` and n share a factor. */
function modularInverse(value: bigint, n: bigint): bigint | null {
  let [remainder, nextRemainder] = [n, value % n];
  let [factor, nextFactor] = [0n, 1n];
  while (nextRemainder !== 0n) {
    const quotient = remainder / nextRemainder;
    [remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  if (remainder !== 1n) return null;
  return factor < 0n ? factor + n : factor;
}

/** I2OSP (RFC 8017 section 4.1) of a number known to fit. */
function toBytes(value: bigint, length: number): Uint8Array {
  return decodeHex(value.toString(16).padStart(2 * length, "0"), length);
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function byteLength(bits: number): number {
  return Math.ceil(bits / 8);
}
