/**
 * RSASSA-PKCS1-v1_5 with SHA-256 in Node: OpenSSL encodes the message anew and compares it whole, as rsa-web.ts does, in a
 * quarter of the time. A registrar verifies many mails under few keys, so a key is made ready once.
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { decodeHex, encodeBase64url } from "@undersigned/core";

interface RsaKey {
  readonly modulus: bigint;
  readonly bits: number;
}

const ready = new WeakMap<RsaKey, KeyObject>();

/** Under the exponent 65537. False for anything else than the valid signature, which is as long as the modulus. */
export function verifyRsaSha256(key: RsaKey, message: Uint8Array, signature: Uint8Array): boolean {
  let imported = ready.get(key);
  if (imported === undefined) {
    const length = Math.ceil(key.bits / 8);
    const n = encodeBase64url(decodeHex(key.modulus.toString(16).padStart(2 * length, "0"), length));
    imported = createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
    ready.set(key, imported);
  }
  return verify("sha256", message, imported, signature);
}
