/** The signer's half of RFC 9474, for tests only: BigInt arithmetic with a secret exponent is not for real keys. */

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { bytesToBigInt, decodeBase64url, decodeHex } from "../../src/bytes.ts";
import { parseRsaSpki, type RsaPublicKey } from "../../src/rsa-public-key.ts";

export function modPow(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n;
  let square = base % n;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % n;
    square = (square * square) % n;
  }
  return result;
}

export function toFixedBytes(value: bigint, length: number): Uint8Array {
  return decodeHex(value.toString(16).padStart(2 * length, "0"), length);
}

/** BlindSign (section 4.3): m^d mod n, as long as the request. */
export function blindSignBigInt(n: bigint, d: bigint, blindedMessage: Uint8Array): Uint8Array {
  return toFixedBytes(modPow(bytesToBigInt(blindedMessage), d, n), blindedMessage.length);
}

export interface TestRsaKey {
  readonly publicKey: RsaPublicKey;
  readonly d: bigint;
  readonly privateKey: KeyObject;
}

export function generateTestRsaKey(): TestRsaKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
  const d = bytesToBigInt(decodeBase64url(privateKey.export({ format: "jwk" }).d!));
  return { publicKey: parseRsaSpki(spki), d, privateKey };
}
