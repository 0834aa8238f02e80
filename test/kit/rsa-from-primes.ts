/** Private RSA-2048 keys from the primes that are published in rsa-primes.json. Imports nothing of ours: see quick-rsa-keys.ts. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";

let read: readonly (readonly [p: string, q: string])[] | undefined;

/** The pairs in the file: 1,024 bits each, big-endian, base64url. All primes are different. */
export function publishedPrimes(): readonly (readonly [p: string, q: string])[] {
  read ??= JSON.parse(readFileSync(new URL("./rsa-primes.json", import.meta.url), "utf8")).keys;
  return read!;
}

/** With exponent 65,537. */
export function rsaFromPrimes(pText: string, qText: string): KeyObject {
  const [p, q] = [toBigInt(pText), toBigInt(qText)];
  const d = inverse(65_537n, (p - 1n) * (q - 1n));
  return createPrivateKey({
    format: "jwk",
    key: {
      kty: "RSA",
      n: toText(p * q, 256),
      e: "AQAB",
      d: toText(d, 256),
      p: pText,
      q: qText,
      dp: toText(d % (p - 1n), 128),
      dq: toText(d % (q - 1n), 128),
      qi: toText(inverse(q, p), 128),
    },
  });
}

function toBigInt(text: string): bigint {
  return BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`);
}

function toText(value: bigint, bytes: number): string {
  return Buffer.from(value.toString(16).padStart(2 * bytes, "0"), "hex").toString("base64url");
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return x < 0n ? x + modulus : x;
}
