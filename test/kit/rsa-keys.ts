/**
 * RSA-2048 keys for tests, from primes that are published in rsa-primes.json: quick to load, the same in every run, and
 * worth nothing anywhere else.
 */
import { constants, createPublicKey, hash, privateDecrypt } from "node:crypto";
import { emsaPssEncode } from "@undersigned/core";
import { publishedPrimes, rsaFromPrimes } from "./rsa-from-primes.ts";

export interface TestRsaKey {
  /** DER SPKI, base64url. */
  readonly spki: string;
  /** Raw RSA on 256 bytes: what a registrar does with a blinded message. */
  blindSign(blinded: Uint8Array): Uint8Array;
  /** RSASSA-PSS with SHA-384 and the given 48 bytes of salt: what a client has after unblinding. */
  signPss(message: Uint8Array, salt: Uint8Array): Uint8Array;
}

const primes = publishedPrimes();
const loaded = new Map<number, TestRsaKey>();

/** How many different keys there are. */
export const TEST_RSA_KEYS = primes.length;

/** Key `index`; the same object each time. */
export function testRsaKey(index: number): TestRsaKey {
  let key = loaded.get(index);
  if (key === undefined) {
    const pair = primes[index];
    if (pair === undefined)
      throw new Error(`There are ${TEST_RSA_KEYS} RSA test keys; key ${index} is not among them.`);
    key = load(pair);
    loaded.set(index, key);
  }
  return key;
}

const sha384 = Object.assign((message: Uint8Array) => new Uint8Array(hash("sha384", message, "buffer")), {
  outputLen: 48,
});

function load([p, q]: readonly [string, string]): TestRsaKey {
  const key = rsaFromPrimes(p, q);
  const raw = (input: Uint8Array) =>
    new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, input));
  return {
    spki: createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64url"),
    blindSign: raw,
    signPss: (message, salt) => raw(emsaPssEncode(message, 2047, salt, sha384)),
  };
}
