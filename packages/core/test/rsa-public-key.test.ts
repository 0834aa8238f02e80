import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bytesToBigInt, concatBytes, decodeBase64url, decodeHex } from "../src/bytes.ts";
import { checkRsaSignatureRange, encodeRsaSpki, parseRsaSpki } from "../src/rsa-public-key.ts";
import { toFixedBytes } from "./helpers/blind-sign.ts";

const refused = expect.objectContaining({ name: "CoreError", code: "bad-rsa-key" });

function generated(modulusLength: number, publicExponent = 65537) {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  return {
    spki: Uint8Array.from(publicKey.export({ format: "der", type: "spki" })),
    pkcs1: Uint8Array.from(publicKey.export({ format: "der", type: "pkcs1" })),
    n: bytesToBigInt(decodeBase64url(publicKey.export({ format: "jwk" }).n!)),
  };
}

const good = generated(2048);

/** The same DER with bytes replaced: `[offset, bytes put there, bytes taken away]`. */
function altered(at: number, put: string, take: number): Uint8Array {
  return concatBytes(good.spki.subarray(0, at), decodeHex(put), good.spki.subarray(at + take));
}

/** DER of tag, length and content, with the length written in `lengthBytes` bytes after the first. */
function der(
  tag: number,
  content: Uint8Array,
  lengthBytes = content.length < 128 ? 0 : content.length < 256 ? 1 : 2,
) {
  const length =
    lengthBytes === 0
      ? Uint8Array.of(content.length)
      : concatBytes(Uint8Array.of(0x80 | lengthBytes), toFixedBytes(BigInt(content.length), lengthBytes));
  return concatBytes(Uint8Array.of(tag), length, content);
}

const RSA_ENCRYPTION = decodeHex("06092a864886f70d010101");
const NULL = decodeHex("0500");
const E_65537 = decodeHex("0203010001");

function spkiOf({
  algorithm = concatBytes(RSA_ENCRYPTION, NULL),
  modulus = concatBytes(Uint8Array.of(0), toFixedBytes(good.n, 256)),
  exponent = E_65537,
  lengthBytes = 2,
  unusedBits = 0,
}) {
  const key = der(0x30, concatBytes(der(0x02, modulus), exponent), lengthBytes);
  return der(0x30, concatBytes(der(0x30, algorithm), der(0x03, concatBytes(Uint8Array.of(unusedBits), key))));
}

describe("reading a registrar's key", () => {
  test("gives modulus, exponent and the exact bytes", () => {
    const key = parseRsaSpki(good.spki);
    expect(key.n).toBe(good.n);
    expect(key.e).toBe(65537n);
    expect(key.spki).toEqual(good.spki);
    expect(spkiOf({})).toEqual(good.spki);
  });

  test("keeps its own copy of the bytes", () => {
    const bytes = good.spki.slice();
    const key = parseRsaSpki(bytes);
    bytes.fill(0);
    expect(key.spki).toEqual(good.spki);
  });

  test("is undone by writing the modulus", () => {
    expect(encodeRsaSpki(good.n)).toEqual(good.spki);
  });

  const even = toFixedBytes(good.n - 1n, 256);
  const shortModulus = toFixedBytes(good.n >> 1n, 256);
  shortModulus[255]! |= 1;
  const cases: [string, Uint8Array][] = [
    ["a modulus of 1024 bits", generated(1024).spki],
    ["a modulus of 3072 bits", generated(3072).spki],
    ["a modulus that begins with a zero byte", altered(33, "00ff", 2)],
    ["a modulus of 2047 bits", altered(33, Buffer.from(shortModulus).toString("hex"), 256)],
    ["a modulus of 2047 bits in its own DER", spkiOf({ modulus: shortModulus })],
    ["a modulus of 2049 bits", spkiOf({ modulus: concatBytes(Uint8Array.of(1), toFixedBytes(good.n, 256)) })],
    ["a negative modulus", spkiOf({ modulus: toFixedBytes(good.n, 256) })],
    ["an even modulus", altered(33, Buffer.from(even).toString("hex"), 256)],
    [
      "a modulus with a zero byte too many",
      spkiOf({ modulus: concatBytes(new Uint8Array(2), toFixedBytes(good.n, 256)) }),
    ],
    ["the exponent 3", generated(2048, 3).spki],
    ["the exponent 65539", generated(2048, 65539).spki],
    ["the exponent 65539 in place", altered(291, "010003", 3)],
    ["the exponent 65537 with a zero byte too many", spkiOf({ exponent: decodeHex("020400010001") })],
    ["the RSASSA-PSS identifier", spkiOf({ algorithm: decodeHex("06092a864886f70d01010a") })],
    ["the RSASSA-PSS identifier with NULL", spkiOf({ algorithm: decodeHex("06092a864886f70d01010a0500") })],
    ["a sha384WithRSAEncryption identifier", spkiOf({ algorithm: decodeHex("06092a864886f70d01010c0500") })],
    ["no parameters instead of NULL", spkiOf({ algorithm: RSA_ENCRYPTION })],
    [
      "an empty sequence instead of NULL",
      spkiOf({ algorithm: concatBytes(RSA_ENCRYPTION, decodeHex("3000")) }),
    ],
    ["a length in more bytes than needed", spkiOf({ lengthBytes: 3 })],
    ["unused bits in the bit string", spkiOf({ unusedBits: 1 })],
    ["a byte after the end", concatBytes(good.spki, Uint8Array.of(0))],
    ["a byte missing at the end", good.spki.subarray(0, -1)],
    ["a third number in the key", spkiOf({ exponent: concatBytes(E_65537, decodeHex("020100")) })],
    ["an indefinite length", altered(0, "3080", 4)],
    ["a bare RSAPublicKey", good.pkcs1],
    ["PEM", Buffer.from(`-----BEGIN PUBLIC KEY-----\n${Buffer.from(good.spki).toString("base64")}`)],
    ["nothing", new Uint8Array()],
  ];
  test.each(cases)("refuses %s", (_, spki) => {
    expect(() => parseRsaSpki(spki)).toThrow(refused);
  });

  test("refuses a change of any byte outside the modulus", () => {
    for (const at of [...Array(33).keys(), 289, 290, 291, 292, 293]) {
      const changed = good.spki.slice();
      changed[at]! ^= 1;
      expect(() => parseRsaSpki(changed), `byte ${at}`).toThrow(refused);
    }
  });

  test.each([
    ["even", good.n - 1n],
    ["short", 2n ** 2047n - 1n],
    ["long", 2n ** 2048n + 1n],
    ["negative", -good.n],
  ])("refuses to write a modulus that is %s", (_, n) => {
    expect(() => encodeRsaSpki(n)).toThrow(refused);
  });
});

describe("the range of a signature", () => {
  const key = parseRsaSpki(good.spki);
  test.each([
    ["zero", toFixedBytes(0n, 256), true],
    ["one less than the modulus", toFixedBytes(good.n - 1n, 256), true],
    ["the modulus", toFixedBytes(good.n, 256), false],
    ["all ones", new Uint8Array(256).fill(0xff), false],
    ["255 bytes", new Uint8Array(255), false],
    ["257 bytes", new Uint8Array(257), false],
    ["nothing", new Uint8Array(), false],
  ])("of %s is judged rightly", (_, signature, verdict) => {
    expect(checkRsaSignatureRange(key, signature)).toBe(verdict);
  });
});
