/**
 * RSA-2048 keys for tests, from primes that are published in rsa-primes.json: quick to load, the same in every run, and
 * worth nothing anywhere else.
 */
import { constants, createPrivateKey, hash, type KeyObject, privateDecrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  bytesToBigInt,
  decodeBase64url,
  emsaPssEncode,
  encodeBase64url,
  encodeRsaSpki,
} from "@undersigned/core";

export interface TestRsaKey {
  /** DER SPKI, base64url. */
  readonly spki: string;
  /** Raw RSA on 256 bytes: what a registrar does with a blinded message. */
  blindSign(blinded: Uint8Array): Uint8Array;
  /** RSASSA-PSS with SHA-384 and the given 48 bytes of salt: what a client has after unblinding. */
  signPss(message: Uint8Array, salt: Uint8Array): Uint8Array;
}

const primes = JSON.parse(readFileSync(new URL("./rsa-primes.json", import.meta.url), "utf8")) as {
  keys: [p: string, q: string][];
};
const loaded = new Map<number, TestRsaKey>();

/** How many different keys there are. */
export const TEST_RSA_KEYS = primes.keys.length;

/** Key `index`; the same object each time. */
export function testRsaKey(index: number): TestRsaKey {
  let key = loaded.get(index);
  if (key === undefined) {
    const pair = primes.keys[index];
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

function load([pText, qText]: [string, string]): TestRsaKey {
  const p = bytesToBigInt(decodeBase64url(pText));
  const q = bytesToBigInt(decodeBase64url(qText));
  const e = 65537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const text = (value: bigint, bytes: number) =>
    Buffer.from(value.toString(16).padStart(2 * bytes, "0"), "hex").toString("base64url");
  const key: KeyObject = createPrivateKey({
    format: "jwk",
    key: {
      kty: "RSA",
      n: text(p * q, 256),
      e: "AQAB",
      d: text(d, 256),
      p: pText,
      q: qText,
      dp: text(d % (p - 1n), 128),
      dq: text(d % (q - 1n), 128),
      qi: text(inverse(q, p), 128),
    },
  });
  const raw = (input: Uint8Array) =>
    new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, input));
  return {
    spki: encodeBase64url(encodeRsaSpki(p * q)),
    blindSign: raw,
    signPss: (message, salt) => raw(emsaPssEncode(message, 2047, salt, sha384)),
  };
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return x < 0n ? x + modulus : x;
}
