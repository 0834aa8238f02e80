/** The signing workers: right answers, checked before they leave, and an orderly refusal of what they cannot take. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import { signerFromSeed, signName, verifyName } from "@undersigned/core";
import { afterAll, describe, expect, it } from "vitest";
import { SignPool } from "../src/signing/sign-pool.ts";

const keys: KeyObject[] = Array.from(
  { length: 16 },
  () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
);
const seed = randomBytes(32);
const identity = signerFromSeed(seed);
const jwk = { kty: "OKP", crv: "Ed25519", d: seed.toString("base64url"), x: identity.publicKey };
const identityKey = createPrivateKey({ key: jwk, format: "jwk" });
const failures: number[] = [];
const pool = new SignPool({
  keys: new Map([
    ["1/mailbox", keys],
    ["1/invitations", keys.slice(1, 3)],
  ]),
  identity: { ...identity, key: identityKey },
  workers: 1,
  capacity: 3,
  onFailure: () => failures.push(1),
});
afterAll(() => pool.close());

const sign = async (set: string, blinded: Uint8Array) =>
  (await pool.sign({ sets: [{ set, blinded }], names: [] })).sets[0]!;

function message(): Uint8Array {
  const bytes = new Uint8Array(16 * 256);
  for (let slot = 0; slot < 16; slot++) bytes.set(randomBytes(255), slot * 256 + 1);
  return bytes;
}

describe("the signing pool", () => {
  it("signs each slot with its own key", async () => {
    const blinded = message();
    const signatures = await sign("1/mailbox", blinded);
    expect(signatures).toHaveLength(16 * 256);
    for (const [slot, key] of keys.entries()) {
      const signature = signatures.subarray(slot * 256, slot * 256 + 256);
      const opened = publicEncrypt(
        { key: createPublicKey(key), padding: constants.RSA_NO_PADDING },
        signature,
      );
      expect(opened.equals(blinded.subarray(slot * 256, slot * 256 + 256))).toBe(true);
    }
    expect(Buffer.from(await sign("1/mailbox", blinded)).equals(signatures)).toBe(true);
  });

  it("keeps leading zeros of messages and signatures", async () => {
    const one = new Uint8Array(16 * 256);
    for (let slot = 0; slot < 16; slot++) one[slot * 256 + 255] = 1;
    expect(Buffer.from(await sign("1/mailbox", one)).equals(one)).toBe(true);
  });

  it("gives nothing out when a message is not one that its key can sign, and says nothing of it", async () => {
    const blinded = message().fill(255, 256, 512);
    const before = failures.length;
    await expect(sign("1/mailbox", blinded)).rejects.toMatchObject({ code: "signing-failed" });
    await expect(sign("1/mailbox", blinded.subarray(256))).rejects.toMatchObject({
      code: "signing-failed",
    });
    await expect(sign("2/mailbox", message())).rejects.toMatchObject({ code: "signing-failed" });
    expect(failures.length).toBe(before + 3);
    expect(await sign("1/mailbox", message())).toHaveLength(16 * 256);
  });

  it("signs several sets and names as one, each set under its own keys, and a name as the identity itself does", async () => {
    const blinded = message();
    const name = { workforce: "w", epoch: 1, slot: 3, name: "Jo Doe", rule: "note" as const, key: "k" };
    const both = await pool.sign({
      sets: [
        { set: "1/mailbox", blinded },
        { set: "1/invitations", blinded: blinded.subarray(0, 512) },
      ],
      names: [name],
    });
    expect(both.sets.map(({ length }) => length)).toEqual([16 * 256, 512]);
    expect(Buffer.from(both.sets[1]!.subarray(0, 256)).equals(both.sets[0]!.subarray(0, 256))).toBe(false);
    expect(both.names).toEqual([signName(name, identity)]);
    expect(await verifyName(name, identity.publicKey, both.names[0]!)).toBe(true);
  });

  it("refuses as busy what is beyond its room, and has room again afterwards", async () => {
    const jobs = Array.from({ length: 5 }, () => sign("1/mailbox", message()));
    const results = await Promise.allSettled(jobs);
    expect(results.map((result) => result.status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect((results[4] as PromiseRejectedResult).reason.code).toBe("busy");
    expect(pool.full).toBe(false);
  });
});
