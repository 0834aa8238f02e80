/** The signing workers: right answers, checked before they leave, and an orderly refusal of what they cannot take. */
import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { SignPool } from "../src/signing/sign-pool.ts";

const keys: KeyObject[] = Array.from(
  { length: 16 },
  () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
);
const failures: number[] = [];
const pool = new SignPool({
  keys: new Map([["1/mailbox", keys]]),
  workers: 1,
  capacity: 3,
  onFailure: () => failures.push(1),
});
afterAll(() => pool.close());

function message(): Uint8Array {
  const bytes = new Uint8Array(16 * 256);
  for (let slot = 0; slot < 16; slot++) bytes.set(randomBytes(255), slot * 256 + 1);
  return bytes;
}

describe("the signing pool", () => {
  it("signs each slot with its own key", async () => {
    const blinded = message();
    const signatures = await pool.sign("1/mailbox", blinded);
    expect(signatures).toHaveLength(16 * 256);
    for (const [slot, key] of keys.entries()) {
      const signature = signatures.subarray(slot * 256, slot * 256 + 256);
      const opened = publicEncrypt(
        { key: createPublicKey(key), padding: constants.RSA_NO_PADDING },
        signature,
      );
      expect(opened.equals(blinded.subarray(slot * 256, slot * 256 + 256))).toBe(true);
    }
    expect(Buffer.from(await pool.sign("1/mailbox", blinded)).equals(signatures)).toBe(true);
  });

  it("keeps leading zeros of messages and signatures", async () => {
    const one = new Uint8Array(16 * 256);
    for (let slot = 0; slot < 16; slot++) one[slot * 256 + 255] = 1;
    expect(Buffer.from(await pool.sign("1/mailbox", one)).equals(one)).toBe(true);
  });

  it("gives nothing out when a message is not one that its key can sign, and says nothing of it", async () => {
    const blinded = message().fill(255, 256, 512);
    const before = failures.length;
    await expect(pool.sign("1/mailbox", blinded)).rejects.toMatchObject({ code: "signing-failed" });
    await expect(pool.sign("1/mailbox", blinded.subarray(256))).rejects.toMatchObject({
      code: "signing-failed",
    });
    await expect(pool.sign("2/mailbox", message())).rejects.toMatchObject({ code: "signing-failed" });
    expect(failures.length).toBe(before + 3);
    expect(await pool.sign("1/mailbox", message())).toHaveLength(16 * 256);
  });

  it("refuses as busy what is beyond its room, and has room again afterwards", async () => {
    const jobs = Array.from({ length: 5 }, () => pool.sign("1/mailbox", message()));
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
