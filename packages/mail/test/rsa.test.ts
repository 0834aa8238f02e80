import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  sign,
  verify,
} from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type MailKey, readKeyRecord } from "../src/index.ts";
import * as node from "../src/rsa-node.ts";
import * as web from "../src/rsa-web.ts";

const message = new TextEncoder().encode("signed fields");

const BOTH = [2048, 2050].flatMap((bits) => [["node", bits, node] as const, ["web", bits, web] as const]);

describe.each(BOTH)("RSASSA-PKCS1-v1_5 in %s under %i bits", (_, modulusLength, { verifyRsaSha256 }) => {
  let pair: { publicKey: KeyObject; privateKey: KeyObject };
  let key: Extract<MailKey, { algorithm: "rsa-sha256" }>;
  let good: Uint8Array;
  beforeAll(() => {
    pair = generateKeyPairSync("rsa", { modulusLength });
    const spki = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    key = readKeyRecord(`p=${spki}`) as typeof key;
    good = sign("sha256", message, pair.privateKey);
  });

  it("accepts the signature and refuses every other byte string, as Node does", () => {
    expect(verifyRsaSha256(key, message, good)).toBe(true);
    expect(verifyRsaSha256(key, message.subarray(1), good)).toBe(false);
    for (const length of [0, 1, good.length - 1, good.length + 1]) {
      expect(verifyRsaSha256(key, message, new Uint8Array(length).fill(1))).toBe(false);
    }
    expect(verifyRsaSha256(key, message, Buffer.concat([Buffer.of(0), good]))).toBe(false);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const other = Uint8Array.from(good);
        other[at] = byte;
        expect(verifyRsaSha256(key, message, other)).toBe(verify("sha256", message, pair.publicKey, other));
      }),
      { numRuns: 30 },
    );
  });

  it("refuses the same number spelled larger, by the modulus", () => {
    // Where there is room above the modulus; the sum may need a byte more, and is then refused for its length.
    const sum = BigInt(`0x${Buffer.from(good).toString("hex")}`) + key.modulus;
    const hex = sum.toString(16);
    expect(
      verifyRsaSha256(key, message, Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex")),
    ).toBe(false);
  });

  it("refuses every other encoding of the right hash under the right key", () => {
    const hash = createHash("sha256").update(message).digest();
    const info = Buffer.from("3031300d060960864801650304020105000420", "hex");
    const noNull = Buffer.from("302f300b06096086480165030402010420", "hex");
    const length = Math.ceil(modulusLength / 8);
    const raw = (parts: Buffer[]) => {
      const end = Buffer.concat(parts);
      expect(end.length).toBe(length);
      return verifyRsaSha256(
        key,
        message,
        privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, end),
      );
    };
    const filled = (tail: Buffer, filler = 0xff, type = 1) => [
      Buffer.of(0, type),
      Buffer.alloc(length - 3 - tail.length, filler),
      Buffer.of(0),
      tail,
    ];
    expect(raw(filled(Buffer.concat([info, hash])))).toBe(true);
    expect(raw(filled(Buffer.concat([noNull, hash])))).toBe(false);
    expect(raw(filled(hash))).toBe(false);
    expect(raw(filled(Buffer.concat([info, hash]), 0xfe))).toBe(false);
    expect(raw(filled(Buffer.concat([info, hash]), 0xff, 0))).toBe(false);
    // Eight bytes of padding, the hash, and then what a forger needs room for.
    const short = [Buffer.of(0, 1), Buffer.alloc(8, 0xff), Buffer.of(0), info, hash];
    expect(raw([...short, Buffer.alloc(length - Buffer.concat(short).length, 7)])).toBe(false);
    // SHA-1, which RFC 8301 forbids.
    expect(verifyRsaSha256(key, message, sign("sha1", message, pair.privateKey))).toBe(false);
  });
});
