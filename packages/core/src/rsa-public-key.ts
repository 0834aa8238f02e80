/**
 * The RSA public keys of registrars: SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7, RFC 8017 appendix A.1.1),
 * and only rsaEncryption with NULL parameters, a modulus of exactly 2048 bits and the exponent 65537.
 *
 *     30 82 01 22                                        SubjectPublicKeyInfo
 *        30 0d 06 09 2a 86 48 86 f7 0d 01 01 01 05 00    rsaEncryption, NULL
 *        03 82 01 0f 00                                  BIT STRING, no unused bits
 *           30 82 01 0a                                  RSAPublicKey
 *              02 82 01 01 00 <256 bytes of n>           INTEGER, first bit of n set
 *              02 03 01 00 01                            INTEGER 65537
 *
 * DER has one encoding for a value, and under these limits only n varies, in place: so comparing the bytes
 * around it is a complete strict parse. The bytes are a registrar's, who may be dishonest. That n is odd, of
 * full length and appears once in a workforce can be checked; that it has two large prime factors cannot, and
 * nothing here says so.
 */

import { bytesToBigInt, concatBytes, decodeHex, equalBytes } from "./bytes.ts";
import { CoreError } from "./errors.ts";

export interface RsaPublicKey {
  readonly n: bigint;
  /** 65537. */
  readonly e: bigint;
  /** The 294 bytes of DER that tokens and derivations bind. */
  readonly spki: Uint8Array;
}

/** A public key made ready by a platform's `importRsaPss`, for any number of verifications. */
export interface RsaPssKey {
  readonly publicKey: RsaPublicKey;
  /** The engine's own object, or null where `verifyPss` stands in for an engine. */
  readonly engineKey: unknown;
}

export const RSA_MODULUS_BYTES = 256;
export const RSA_EXPONENT = 65537n;

const HEAD = decodeHex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100");
const TAIL = decodeHex("0203010001");
const SPKI_BYTES = HEAD.length + RSA_MODULUS_BYTES + TAIL.length;

/** Reads the DER above; keeps a copy of it. Throws CoreError `bad-rsa-key` for anything else. */
export function parseRsaSpki(spki: Uint8Array): RsaPublicKey {
  if (
    spki.length !== SPKI_BYTES ||
    !equalBytes(spki.subarray(0, HEAD.length), HEAD) ||
    !equalBytes(spki.subarray(SPKI_BYTES - TAIL.length), TAIL)
  ) {
    throw new CoreError(
      "bad-rsa-key",
      "Give the DER SubjectPublicKeyInfo of an rsaEncryption key with a 2048-bit modulus and exponent 65537.",
    );
  }
  const modulus = rsaModulusBytes(spki);
  if (modulus[0]! < 0x80) throw new CoreError("bad-rsa-key", "Use an RSA modulus of exactly 2048 bits.");
  if (modulus[RSA_MODULUS_BYTES - 1]! % 2 === 0)
    throw new CoreError("bad-rsa-key", "Use an odd RSA modulus.");
  return { n: bytesToBigInt(modulus), e: RSA_EXPONENT, spki: spki.slice() };
}

/** The DER above for a modulus. Throws CoreError `bad-rsa-key` unless it is odd and has exactly 2048 bits. */
export function encodeRsaSpki(n: bigint): Uint8Array {
  if (n < 1n << 2047n || n >= 1n << 2048n || n % 2n === 0n) {
    throw new CoreError("bad-rsa-key", "Use an odd RSA modulus of exactly 2048 bits.");
  }
  return concatBytes(HEAD, decodeHex(n.toString(16)), TAIL);
}

/**
 * Whether a signature has 256 bytes and is, as a number, less than the modulus (RFC 8017 section 5.2.2, step
 * 1). Checked before every engine, so that none can be given another spelling of a signature.
 */
export function checkRsaSignatureRange(key: RsaPublicKey, signature: Uint8Array): boolean {
  if (signature.length !== RSA_MODULUS_BYTES) return false;
  const modulus = rsaModulusBytes(key.spki);
  for (let i = 0; i < RSA_MODULUS_BYTES; i++) {
    if (signature[i] !== modulus[i]) return signature[i]! < modulus[i]!;
  }
  return false;
}

/** The 256 bytes of n within a DER that has been parsed. */
function rsaModulusBytes(spki: Uint8Array): Uint8Array {
  return spki.subarray(HEAD.length, HEAD.length + RSA_MODULUS_BYTES);
}
