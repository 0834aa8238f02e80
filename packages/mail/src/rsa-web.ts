/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2.2) in browsers, in our own arithmetic: a fraction of a millisecond
 * for a person's one mail, and no two engines that could differ on a modulus, a length or a DigestInfo.
 * Everything here is public, so time may depend on it. The message is encoded anew and compared whole; a signature is
 * never parsed.
 */
import { bytesToBigInt, concatBytes, decodeHex, power65537, sha256 } from "@undersigned/core";

/** DigestInfo before the hash (RFC 8017 section 9.2, note 1). */
const SHA256_INFO = decodeHex("3031300d060960864801650304020105000420");

/** Under the exponent 65537. False for anything else than the valid signature, which is as long as the modulus. */
export function verifyRsaSha256(
  key: { readonly modulus: bigint; readonly bits: number },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const length = Math.ceil(key.bits / 8);
  if (signature.length !== length) return false;
  const s = bytesToBigInt(signature);
  if (s >= key.modulus) return false;
  const info = concatBytes(SHA256_INFO, sha256(message));
  const filler = new Uint8Array(length - info.length - 3).fill(0xff);
  const encoded = concatBytes(Uint8Array.of(0, 1), filler, Uint8Array.of(0), info);
  return power65537(s, key.modulus) === bytesToBigInt(encoded);
}
