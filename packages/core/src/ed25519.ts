/**
 * Ed25519 (RFC 8032 section 5.1) that decides alike everywhere. RFC 8032 leaves room: implementations differ on
 * non-canonical points, points of small order and the cofactor, and whoever makes keys can craft signatures
 * that some accept and others refuse. Two recounts of one letter would then differ. Our rule, which is also
 * that of W3C Web Cryptography (Ed25519, "verify", steps on small-order elements and on the cofactorless
 * equation):
 *
 * 1. public key A and commitment R are canonical (y < p; x = 0 has no sign) and neither is of small order;
 * 2. S < L;
 * 3. the encoding of [S]B - [k]A equals the bytes of R, with k = SHA-512(R || A || M) mod L: no cofactor.
 *
 * `checkEd25519Encoding` does 1 and 2 and comes before every engine, since engines do them in part: small-order
 * R is refused by some and accepted by others, and between versions of one. An honest signer makes one with
 * probability 2^-250. A and R with a small-order *part* (mixed order) are left to equation 3, which decides
 * them exactly. An engine is only used when it answers `ED25519_PROBES` right; else `verifyEd25519Pure` does
 * the work.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, decodeHex, equalBytes } from "./bytes.ts";
import { CoreError } from "./errors.ts";

/** A public key made ready by a platform's `importEd25519`, for any number of verifications. */
export interface Ed25519Key {
  readonly publicKey: Uint8Array;
  /** The engine's own object, or null where `verifyEd25519Pure` stands in for an engine. */
  readonly engineKey: unknown;
}

const { Point } = ed25519;
const POINT_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** y of the points of order 8, little-endian: one, and its negative. Orders 1, 2 and 4 have y = 1, -1 and 0. */
const ORDER_8_Y = [
  decodeHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
  decodeHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
] as const;

/** L, the order of the base point, little-endian. */
const L_BYTES = decodeHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/**
 * Cases on which engines part. RFC 8032's second test; then a public key of mixed order, made for this purpose.
 */
export const ED25519_PROBES = [
  probe(
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    true,
  ),
  probe(
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "73",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    false,
  ),
  // The equation holds only after multiplication by the cofactor.
  probe(
    "bf11b49e1d1dfbc52997e409f3c04b22442f603052005eda8716c9e4a5b2bd66",
    "00",
    "cae8aa7fe2b23c782ec08511f39efff5fd1a23472e32eebd326c4cf1e4a106c9ede93394cac5bd66ee33f43ea6a2fc4792235b1412dc7fa1b79335edbb445d00",
    false,
  ),
  // The equation holds as it stands, if k is reduced modulo L first.
  probe(
    "bf11b49e1d1dfbc52997e409f3c04b22442f603052005eda8716c9e4a5b2bd66",
    "00",
    "c8da5008106f421a47fd73f77ffcff256520f7cfd66e941c11b0c3bf5dfe5b8351f62553b92b1a62ed44821a607e096017526633c1da495085595bbb1a09a70c",
    true,
  ),
] as const;

function probe(publicKey: string, message: string, signature: string, valid: boolean) {
  return {
    publicKey: decodeHex(publicKey),
    message: decodeHex(message),
    signature: decodeHex(signature),
    valid,
  };
}

/**
 * Whether 32 bytes have the form of a public key: y canonical, not of small order. Does not decompress: bytes
 * that lie on no curve point pass here and never verify.
 */
export function checkEd25519PublicKey(publicKey: Uint8Array): boolean {
  return publicKey.length === POINT_BYTES && isPlainPoint(publicKey);
}

/** Rules 1 and 2 above, lengths included (32 and 64 bytes). Never throws. */
export function checkEd25519Encoding(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    checkEd25519PublicKey(publicKey) &&
    signature.length === SIGNATURE_BYTES &&
    isPlainPoint(signature) &&
    isBelowL(signature)
  );
}

/** Looks at the first 32 bytes: y < p, and y not that of a small-order point, whatever the sign bit says. */
function isPlainPoint(bytes: Uint8Array): boolean {
  const first = bytes[0]!;
  const top = bytes[31]! & 0x7f;
  // p = ed ff .. ff 7f, little-endian. From p - 1 (y = -1, order 2) upwards, all is refused.
  if (top === 0x7f && first >= 0xec && isFilled(bytes, 0xff)) return false;
  // y = 0 (order 4) and y = 1 (the neutral point).
  if (top === 0x00 && first <= 1 && isFilled(bytes, 0x00)) return false;
  return !ORDER_8_Y.some((y) => hasY(bytes, top, y));
}

function isFilled(bytes: Uint8Array, filler: number): boolean {
  for (let i = 1; i < 31; i++) if (bytes[i] !== filler) return false;
  return true;
}

function hasY(bytes: Uint8Array, top: number, y: Uint8Array): boolean {
  if (top !== y[31]) return false;
  for (let i = 0; i < 31; i++) if (bytes[i] !== y[i]) return false;
  return true;
}

function isBelowL(signature: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const s = signature[POINT_BYTES + i]!;
    if (s !== L_BYTES[i]) return s < L_BYTES[i]!;
  }
  return false;
}

/**
 * The rule in full, without an engine: the reference that engines must agree with. About a millisecond. Not
 * constant in time, which public input does not need. Never throws: false for anything else than a valid
 * signature.
 */
export function verifyEd25519Pure(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!checkEd25519Encoding(publicKey, signature)) return false;
  try {
    const a = Point.fromBytes(publicKey);
    const r = signature.subarray(0, POINT_BYTES);
    const s = littleEndian(signature.subarray(POINT_BYTES));
    const k = littleEndian(sha512(concatBytes(r, publicKey, message))) % Point.Fn.ORDER;
    const expected = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k));
    return equalBytes(expected.toBytes(), r);
  } catch {
    return false;
  }
}

/**
 * RFC 8032 section 5.1.6, deterministic. `seed` is 32 bytes; 64 bytes come back. Throws CoreError `bad-length`.
 */
export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  requireSeed(seed);
  return ed25519.sign(message, seed);
}

/** A seed made ready for signing by a platform's `createSigner`. Same seed and message, same signature. */
export interface Ed25519Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes over the message. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The 32-byte public key of a 32-byte seed. Throws CoreError `bad-length`. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  requireSeed(seed);
  return ed25519.getPublicKey(seed);
}

function requireSeed(seed: Uint8Array): void {
  if (seed.length !== 32) throw new CoreError("bad-length", "Give an Ed25519 seed of 32 bytes.");
}

function littleEndian(bytes: Uint8Array): bigint {
  let hex = "0x";
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i]!.toString(16).padStart(2, "0");
  return BigInt(hex);
}
