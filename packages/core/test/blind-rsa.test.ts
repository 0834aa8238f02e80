import { constants, privateDecrypt, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { sha1 } from "@noble/hashes/legacy.js";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  blind,
  emsaPssEncode,
  finalize,
  prepare,
  RSABSSA_VARIANTS,
  type RsaBssaVariant,
  verifyPss,
} from "../src/blind-rsa.ts";
import { bytesToBigInt, decodeHex, encodeHex } from "../src/bytes.ts";
import {
  blindSignBigInt,
  generateTestRsaKey,
  modPow,
  type TestRsaKey,
  toFixedBytes,
} from "./helpers/blind-sign.ts";

const refused = (code: string) => expect.objectContaining({ name: "CoreError", code });
const read = (name: string) => readFileSync(new URL(`vectors/rfc9474/${name}`, import.meta.url), "utf8");

type Vector = Record<
  | "name"
  | "p"
  | "q"
  | "n"
  | "e"
  | "d"
  | "msg"
  | "msg_prefix"
  | "input_msg"
  | "salt"
  | "sLen"
  | "inv"
  | "blinded_msg"
  | "blind_sig"
  | "sig",
  string
>;
const vectors = JSON.parse(read("test_vectors_rfc9474.json")) as Vector[];
const unhex = (text: string) => decodeHex(text.replace(/^0x/, ""));
const number = (text: string) => bytesToBigInt(unhex(text));

/** a^-1 mod the product of two primes, by Euler's theorem: not the way of the code under test. */
const inverseByEuler = (a: bigint, p: bigint, q: bigint) => modPow(a, (p - 1n) * (q - 1n) - 1n, p * q);

let key: TestRsaKey;
beforeAll(() => {
  key = generateTestRsaKey();
});

describe("the published vectors of RFC 9474", () => {
  test("are those of all four variants", () => {
    expect(vectors.map(({ name }) => name).sort()).toEqual(Object.keys(RSABSSA_VARIANTS).sort());
  });

  test.each(vectors)("$name comes out byte for byte", (vector) => {
    const variant: RsaBssaVariant = RSABSSA_VARIANTS[vector.name as keyof typeof RSABSSA_VARIANTS];
    const publicKey = { n: number(vector.n), e: number(vector.e) };
    const salt = unhex(vector.salt);
    expect(variant.saltLength).toBe(Number(vector.sLen));
    expect(variant.saltLength).toBe(salt.length);

    const input = prepare(variant, unhex(vector.msg), unhex(vector.msg_prefix));
    expect(encodeHex(input)).toBe(encodeHex(unhex(vector.input_msg)));

    const r = inverseByEuler(number(vector.inv), number(vector.p), number(vector.q));
    const { blindedMessage, inverse } = blind(publicKey, input, salt, r);
    expect(inverse).toBe(number(vector.inv));
    expect(encodeHex(blindedMessage)).toBe(encodeHex(unhex(vector.blinded_msg)));

    const blindSignature = blindSignBigInt(publicKey.n, number(vector.d), blindedMessage);
    expect(encodeHex(blindSignature)).toBe(encodeHex(unhex(vector.blind_sig)));

    const signature = finalize(publicKey, input, blindSignature, inverse, variant.saltLength);
    expect(encodeHex(signature)).toBe(encodeHex(unhex(vector.sig)));
    expect(verifyPss(publicKey, input, signature, variant.saltLength)).toBe(true);
    expect(verifyPss(publicKey, input, signature, 48 - variant.saltLength)).toBe(false);
    expect(verifyPss(publicKey, input.subarray(1), signature, variant.saltLength)).toBe(false);
  });

  test("include one of EMSA-PSS alone, with another hash and 1024 bits", () => {
    const { msg, salt, expected } = JSON.parse(read("emsa_pss_vectors.json")) as Record<string, string>;
    expect(encodeHex(emsaPssEncode(unhex(msg!), 1023, unhex(salt!), sha1))).toBe(expected);
  });
});

describe("against another implementation (blindrsa-ts)", () => {
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const message = new TextEncoder().encode("a message for both");
  const salt = new Uint8Array(48).fill(7);
  let theirPublic: CryptoKey;
  let theirPrivate: CryptoKey;

  beforeAll(async () => {
    const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
    const spki = key.publicKey.spki as Uint8Array<ArrayBuffer>;
    const pkcs8 = key.privateKey.export({ format: "der", type: "pkcs8" }) as Uint8Array<ArrayBuffer>;
    theirPublic = await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
    theirPrivate = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
  });

  test("our request, their blind signature: our token, valid for them", async () => {
    const input = prepare(
      RSABSSA_VARIANTS["RSABSSA-SHA384-PSS-Randomized"],
      message,
      new Uint8Array(32).fill(9),
    );
    const { blindedMessage, inverse } = blind(key.publicKey, input, salt, 0xabcdef0123456789n);
    const blindSignature = await suite.blindSign(theirPrivate, blindedMessage);
    const token = finalize(key.publicKey, input, blindSignature, inverse);
    expect(
      await suite.verify(theirPublic, token as Uint8Array<ArrayBuffer>, input as Uint8Array<ArrayBuffer>),
    ).toBe(true);
    const inverseBytes = toFixedBytes(inverse, 256);
    expect(encodeHex(await suite.finalize(theirPublic, input, blindSignature, inverseBytes))).toBe(
      encodeHex(token),
    );
  });

  test("their request, our blind signature: their token, valid for us, and the same as we finalize", async () => {
    const input = suite.prepare(message);
    const { blindedMsg, inv } = await suite.blind(theirPublic, input);
    const blindSignature = blindSignBigInt(key.publicKey.n, key.d, Uint8Array.from(blindedMsg));
    const token = await suite.finalize(theirPublic, input, blindSignature, inv);
    expect(verifyPss(key.publicKey, input, token)).toBe(true);
    const ours = finalize(key.publicKey, input, blindSignature, bytesToBigInt(Uint8Array.from(inv)));
    expect(encodeHex(ours)).toBe(encodeHex(Uint8Array.from(token)));
  });
});

describe("blinding", () => {
  const input = fc.uint8Array({ maxLength: 200 });
  const salt = fc.uint8Array({ minLength: 48, maxLength: 48 });
  const r = fc.bigInt({ min: 1n, max: 2n ** 2047n });

  test("then signing as a registrar does, then finalizing gives a signature that node:crypto takes", () => {
    fc.assert(
      fc.property(input, salt, r, (message, pssSalt, factor) => {
        const { blindedMessage, inverse } = blind(key.publicKey, message, pssSalt, factor);
        const raw = { key: key.privateKey, padding: constants.RSA_NO_PADDING };
        const blindSignature = privateDecrypt(raw, blindedMessage);
        const token = finalize(key.publicKey, message, blindSignature, inverse);
        // The token is the deterministic signature on that message and salt: nothing of the factor is left in it.
        const encoded = bytesToBigInt(emsaPssEncode(message, 2047, pssSalt));
        expect(bytesToBigInt(token)).toBe(modPow(encoded, key.d, key.publicKey.n));
      }),
      { numRuns: 15 },
    );
  });

  test("repeats byte for byte, and differs with the factor", () => {
    fc.assert(
      fc.property(input, salt, r, r, (message, pssSalt, a, b) => {
        const first = blind(key.publicKey, message, pssSalt, a);
        expect(blind(key.publicKey, message, pssSalt, a)).toEqual(first);
        if (a !== b)
          expect(blind(key.publicKey, message, pssSalt, b).blindedMessage).not.toEqual(first.blindedMessage);
        expect((first.inverse * a) % key.publicKey.n).toBe(1n);
      }),
      { numRuns: 20 },
    );
  });

  test("refuses a factor outside [1, n)", () => {
    const { n } = key.publicKey;
    for (const factor of [0n, -1n, n, n + 1n]) {
      expect(() => blind(key.publicKey, new Uint8Array(), new Uint8Array(48), factor)).toThrow(
        refused("rsa-out-of-range"),
      );
    }
  });

  test("refuses another exponent than 65537", () => {
    const odd = { n: key.publicKey.n, e: 3n };
    expect(() => blind(odd, new Uint8Array(), new Uint8Array(48), 2n)).toThrow(refused("bad-rsa-key"));
    expect(() => finalize(odd, new Uint8Array(), new Uint8Array(256), 1n)).toThrow(refused("bad-rsa-key"));
    expect(verifyPss(odd, new Uint8Array(), new Uint8Array(256))).toBe(false);
  });

  test("refuses a key whose modulus shares a factor with the blinding factor or with the message", () => {
    const salt48 = new Uint8Array(48);
    const message = Uint8Array.of(1);
    const factors = { n: 3n * (2n ** 2046n + 1n), e: 65537n };
    expect(factors.n.toString(2)).toHaveLength(2048);
    const encoded = bytesToBigInt(emsaPssEncode(message, 2047, salt48));
    const sharing = Array.from({ length: 64 }, (_, i) => Uint8Array.of(i)).find(
      (m) => bytesToBigInt(emsaPssEncode(m, 2047, salt48)) % 3n === 0n,
    )!;
    expect(() => blind(factors, sharing, salt48, 1n)).toThrow(refused("blind-failed"));
    // A prime power leaves the message alone here, and only the factor shares.
    const square = { n: (2n ** 1024n - 105n) ** 2n, e: 65537n };
    expect(encoded % (2n ** 1024n - 105n)).not.toBe(0n);
    expect(() => blind(square, message, salt48, 2n ** 1024n - 105n)).toThrow(refused("blind-failed"));
  });

  test("refuses salt that does not fit, and a prefix of another length than the variant's", () => {
    expect(() => emsaPssEncode(new Uint8Array(), 8 * 98 - 1, new Uint8Array(48))).not.toThrow();
    expect(() => emsaPssEncode(new Uint8Array(), 8 * 97 - 1, new Uint8Array(48))).toThrow(
      refused("bad-length"),
    );
    const variant = RSABSSA_VARIANTS["RSABSSA-SHA384-PSS-Randomized"];
    expect(() => prepare(variant, new Uint8Array(), new Uint8Array(31))).toThrow(refused("bad-length"));
  });
});

describe("a dishonest registrar", () => {
  const message = Uint8Array.of(1, 2, 3);
  const salt = new Uint8Array(48).fill(1);
  const request = () => blind(key.publicKey, message, salt, 12345n);

  test("cannot answer with a signature on something else", () => {
    const { inverse } = request();
    const other = blind(key.publicKey, Uint8Array.of(9), salt, 12345n).blindedMessage;
    const answer = blindSignBigInt(key.publicKey.n, key.d, other);
    expect(() => finalize(key.publicKey, message, answer, inverse)).toThrow(refused("signature-invalid"));
  });

  test("cannot answer with the other square root, the request itself, zero or one", () => {
    const { blindedMessage, inverse } = request();
    const { n } = key.publicKey;
    const right = bytesToBigInt(blindSignBigInt(n, key.d, blindedMessage));
    expect(finalize(key.publicKey, message, toFixedBytes(right, 256), inverse)).toHaveLength(256);
    for (const wrong of [n - right, right + 1n, bytesToBigInt(blindedMessage), 0n, 1n]) {
      const answer = toFixedBytes(wrong % n, 256);
      expect(() => finalize(key.publicKey, message, answer, inverse)).toThrow(refused("signature-invalid"));
    }
  });

  test("cannot answer with a number not below the modulus, or of another length", () => {
    const { inverse } = request();
    const { n } = key.publicKey;
    expect(() => finalize(key.publicKey, message, toFixedBytes(n, 256), inverse)).toThrow(
      refused("rsa-out-of-range"),
    );
    expect(() => finalize(key.publicKey, message, new Uint8Array(256), 0n)).toThrow(
      refused("rsa-out-of-range"),
    );
    expect(() => finalize(key.publicKey, message, new Uint8Array(256), n)).toThrow(
      refused("rsa-out-of-range"),
    );
    for (const length of [0, 255, 257, 512]) {
      expect(() => finalize(key.publicKey, message, new Uint8Array(length), inverse)).toThrow(
        refused("bad-length"),
      );
    }
  });
});

describe("verification without an engine", () => {
  const message = Uint8Array.of(5, 5);
  const signed = (saltLength: number) =>
    Uint8Array.from(
      sign("sha384", message, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
    );

  test.each([0, 20, 32, 47, 48, 49, 64])(
    "takes a salt of %i bytes only where it is asked for",
    (saltLength) => {
      expect(verifyPss(key.publicKey, message, signed(saltLength), saltLength)).toBe(true);
      expect(verifyPss(key.publicKey, message, signed(saltLength), 48)).toBe(saltLength === 48);
    },
  );

  test("refuses any changed bit of the signature's encoding", () => {
    const { n } = key.publicKey;
    const encoded = bytesToBigInt(emsaPssEncode(message, 2047, new Uint8Array(48).fill(3)));
    const signature = (em: bigint) => toFixedBytes(modPow(em, key.d, n), 256);
    expect(verifyPss(key.publicKey, message, signature(encoded))).toBe(true);
    for (const bit of [0n, 3n, 7n, 8n, 100n, 392n, 700n, 800n, 1600n, 2040n, 2046n]) {
      const changed = encoded ^ (1n << bit);
      if (changed < n)
        expect(verifyPss(key.publicKey, message, signature(changed)), `bit ${bit}`).toBe(false);
    }
    // The bit above emBits must be zero: RFC 8017 section 9.1.2, step 6.
    const above = encoded | (1n << 2047n);
    if (above < n) expect(verifyPss(key.publicKey, message, signature(above))).toBe(false);
  });

  test("refuses a signature with the modulus added, of another length, and PKCS #1 v1.5", () => {
    const signature = signed(48);
    const larger = bytesToBigInt(signature) + key.publicKey.n;
    expect(verifyPss(key.publicKey, message, toFixedBytes(larger, 257))).toBe(false);
    if (larger < 2n ** 2048n)
      expect(verifyPss(key.publicKey, message, toFixedBytes(larger, 256))).toBe(false);
    expect(verifyPss(key.publicKey, message, signature.subarray(1))).toBe(false);
    expect(verifyPss(key.publicKey, message, new Uint8Array())).toBe(false);
    expect(verifyPss(key.publicKey, message, Uint8Array.from(sign("sha384", message, key.privateKey)))).toBe(
      false,
    );
  });
});
