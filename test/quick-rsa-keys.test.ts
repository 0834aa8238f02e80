/** Keys that tests make without a search for primes: each whole, each another, and none where a test wants real ones. */
import { execFile } from "node:child_process";
import { generateKeyPair, generateKeyPairSync, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { decodeBase64url, parseRsaSpki } from "@undersigned/core";
import { expect, it } from "vitest";
import { makeRealKeys, quickRsa } from "./kit/quick-rsa-keys.ts";
import { publishedPrimes } from "./kit/rsa-from-primes.ts";

const OPTIONS = { modulusLength: 2048, publicExponent: 65_537 };
const primes = publishedPrimes()
  .flat()
  .map((text) => BigInt(`0x${Buffer.from(decodeBase64url(text)).toString("hex")}`));
const isPublished = (modulus: bigint) => primes.some((prime) => modulus % prime === 0n);

async function makeKey() {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", OPTIONS);
  const message = Buffer.from("message");
  expect(verify("sha384", message, publicKey, sign("sha384", message, privateKey))).toBe(true);
  return publicKey.export({ format: "der", type: "spki" });
}

const IN_A_PROCESS = `
  const { generateKeyPair } = await import("node:crypto");
  for (let i = 0; i < 40; i++) {
    generateKeyPair("rsa", ${JSON.stringify(OPTIONS)}, (_, key) => console.log(key.export({ format: "der", type: "spki" }).toString("base64")));
  }`;

it("never makes a modulus twice, in this process or in others at the same time", async () => {
  const elsewhere = Array.from({ length: 3 }, () =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", IN_A_PROCESS], { env: quickRsa() }),
  );
  const here = Array.from({ length: 400 }, makeKey);
  const spkis = [
    ...(await Promise.all(here)),
    ...(await Promise.all(elsewhere)).flatMap(({ stdout }) =>
      stdout
        .trim()
        .split("\n")
        .map((line) => Buffer.from(line, "base64")),
    ),
  ];
  expect(new Set(spkis.map((spki) => parseRsaSpki(spki).n)).size).toBe(400 + 3 * 40);
  expect(spkis.every((spki) => isPublished(parseRsaSpki(spki).n))).toBe(true);
});

it("spares who waits for a key, too", () => {
  const made = [1, 2].map(() => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", OPTIONS);
    const message = Buffer.from("message");
    expect(verify("sha384", message, publicKey, sign("sha384", message, privateKey))).toBe(true);
    return parseRsaSpki(publicKey.export({ format: "der", type: "spki" })).n;
  });
  expect(made[0]).not.toBe(made[1]);
  expect(made.every(isPublished)).toBe(true);
});

it("generates keys as ever where a test wants real ones", async () => {
  makeRealKeys();
  const { publicKey } = generateKeyPairSync("rsa", OPTIONS);
  expect(isPublished(parseRsaSpki(publicKey.export({ format: "der", type: "spki" })).n)).toBe(false);
  expect(isPublished(parseRsaSpki(await makeKey()).n)).toBe(false);
});
