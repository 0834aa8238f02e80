import { generateKeyPairSync, sign } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHex, encodeHex } from "../src/bytes.ts";
import {
  checkEd25519Encoding,
  checkEd25519PublicKey,
  ED25519_PROBES,
  ed25519PublicKey,
  signEd25519,
  verifyEd25519Pure,
} from "../src/ed25519.ts";
import * as node from "../src/platform-node.ts";
import * as web from "../src/platform-web.ts";
import { ed25519Cases, littleEndian, P, smallOrderEncodings, torsion } from "./helpers/ed25519-cases.ts";

const cases = ed25519Cases();

/** Every way to a verdict: raw keys and imported ones, on both platforms, and the arithmetic alone. */
const engines: [string, (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>][] =
  [
    ["our own arithmetic", async (...args) => verifyEd25519Pure(...args)],
    ["Node", async (...args) => node.verifyEd25519(...args)],
    ["WebCrypto", async (...args) => web.verifyEd25519(...args)],
    ["Node with an imported key", (...args) => imported(node, ...args)],
    ["WebCrypto with an imported key", (...args) => imported(web, ...args)],
  ];

async function imported(platform: typeof node, key: Uint8Array, message: Uint8Array, signature: Uint8Array) {
  if (!checkEd25519PublicKey(key)) {
    expect(() => platform.importEd25519(key)).toThrow(expect.objectContaining({ code: "bad-ed25519-key" }));
    return false;
  }
  return platform.verifyEd25519(await platform.importEd25519(key), message, signature);
}

describe.each(engines)("%s decides as the rule says", (_, verify) => {
  test.each(cases)("$name: $valid", async ({ publicKey, message, signature, valid }) => {
    expect(await verify(publicKey, message, signature)).toBe(valid);
  });
});

describe("the list of cases", () => {
  test("says of the equations what noble's cofactored verification says", () => {
    const equations = cases.filter(({ cofactored }) => cofactored !== undefined);
    expect(equations.length).toBeGreaterThan(5);
    for (const { name, publicKey, message, signature, cofactored, cofactorless, valid } of equations) {
      expect(ed25519.verify(signature, message, publicKey, { zip215: true }), name).toBe(cofactored);
      expect(cofactorless, name).toBe(valid);
    }
  });

  test("holds what a looser verifier takes: each small-order case satisfies the equation", () => {
    const small = cases.filter(({ name }) => /small order|neutral|order 2 with/.test(name));
    expect(small.length).toBeGreaterThan(10);
    const taken = small.filter(({ publicKey, message, signature }) =>
      ed25519.verify(signature, message, publicKey, { zip215: true }),
    );
    // The one exception: noble hashes the bytes that were sent, and this case is for verifiers that do not.
    expect(small.filter((each) => !taken.includes(each)).map(({ name }) => name.slice(0, 2))).toEqual(["8:"]);
  });
});

describe("points of small order", () => {
  test("are eight, with fourteen encodings", () => {
    expect(new Set(torsion.map((point) => point.toHex())).size).toBe(8);
    expect(smallOrderEncodings).toHaveLength(14);
  });

  test("are refused in all encodings, as keys and as commitments", () => {
    const fine = cases[0]!;
    for (const encoded of smallOrderEncodings) {
      expect(checkEd25519PublicKey(encoded), encodeHex(encoded)).toBe(false);
      const asCommitment = fine.signature.slice();
      asCommitment.set(encoded);
      expect(checkEd25519Encoding(fine.publicKey, asCommitment), encodeHex(encoded)).toBe(false);
      expect(checkEd25519Encoding(encoded, fine.signature), encodeHex(encoded)).toBe(false);
    }
  });
});

describe("encodings", () => {
  test("with y from p to 2^255 - 1 are refused, with either sign; the largest y below is of order 2", () => {
    for (let y = P - 1n; y < 2n ** 255n; y++) {
      expect(checkEd25519PublicKey(littleEndian(y))).toBe(false);
      expect(checkEd25519PublicKey(littleEndian(y + 2n ** 255n))).toBe(false);
    }
    expect(checkEd25519PublicKey(littleEndian(P - 2n))).toBe(true);
    expect(checkEd25519PublicKey(littleEndian(2n))).toBe(true);
  });

  test("with S from L on are refused, S = L - 1 is not", () => {
    const L = ed25519.Point.Fn.ORDER;
    const { publicKey, signature } = cases[0]!;
    const withS = (s: bigint) => Uint8Array.from([...signature.subarray(0, 32), ...littleEndian(s)]);
    for (const s of [0n, 1n, L - 1n, L - 2n ** 128n])
      expect(checkEd25519Encoding(publicKey, withS(s))).toBe(true);
    for (const s of [L, L + 1n, L + 2n ** 128n, 2n ** 253n, 2n ** 256n - 1n]) {
      expect(checkEd25519Encoding(publicKey, withS(s))).toBe(false);
    }
  });

  test.each(engines)("of another length are refused by %s", async (_, verify) => {
    const { publicKey, message, signature } = cases[0]!;
    for (const length of [0, 31, 33])
      expect(await verify(new Uint8Array(length).fill(9), message, signature)).toBe(false);
    for (const length of [0, 32, 63, 65, 128]) {
      expect(await verify(publicKey, message, new Uint8Array(length).fill(9))).toBe(false);
    }
  });
});

/** RFC 8032 section 7.1, tests 1 to 3. */
const rfc8032 = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
];

describe("signing", () => {
  test.each(rfc8032)(
    "reproduces RFC 8032 for the message '$message'",
    async ({ seed, publicKey, message, signature }) => {
      const [key, text, expected] = [decodeHex(publicKey), decodeHex(message), decodeHex(signature)];
      expect(encodeHex(ed25519PublicKey(decodeHex(seed)))).toBe(publicKey);
      expect(encodeHex(signEd25519(decodeHex(seed), text))).toBe(signature);
      for (const { createSigner } of [node, web]) {
        const signer = createSigner(decodeHex(seed));
        expect(encodeHex(signer.publicKey)).toBe(publicKey);
        expect(encodeHex(signer.sign(text))).toBe(signature);
      }
      for (const [, verify] of engines) expect(await verify(key, text, expected)).toBe(true);
    },
  );

  test("refuses a seed of another length", () => {
    const badLength = expect.objectContaining({ code: "bad-length" });
    for (const length of [0, 31, 33, 64]) {
      const seed = new Uint8Array(length);
      expect(() => signEd25519(seed, seed)).toThrow(badLength);
      expect(() => ed25519PublicKey(seed)).toThrow(badLength);
      expect(() => node.createSigner(seed)).toThrow(badLength);
      expect(() => web.createSigner(seed)).toThrow(badLength);
    }
  });

  test("makes what every engine takes, and one changed bit is taken by none", async () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(
        bytes32,
        fc.uint8Array({ maxLength: 100 }),
        fc.nat({ max: 511 }),
        async (seed, message, bit) => {
          const signer = node.createSigner(seed);
          const signature = signer.sign(message);
          expect(web.createSigner(seed).sign(message)).toEqual(signature);
          const changed = signature.slice();
          changed[bit >> 3]! ^= 1 << (bit & 7);
          for (const [, verify] of engines) {
            expect(await verify(signer.publicKey, message, signature)).toBe(true);
            expect(await verify(signer.publicKey, message, changed)).toBe(false);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test("agrees with keys that node:crypto makes", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }).subarray(12));
    const message = Uint8Array.of(1, 2, 3);
    expect(verifyEd25519Pure(raw, message, Uint8Array.from(sign(null, message, privateKey)))).toBe(true);
  });
});

describe("the probes of an engine", () => {
  test("are decided by the rule as they are labelled", () => {
    for (const { publicKey, message, signature, valid } of ED25519_PROBES) {
      expect(checkEd25519Encoding(publicKey, signature)).toBe(true);
      expect(verifyEd25519Pure(publicKey, message, signature)).toBe(valid);
    }
  });

  test("catch an engine that multiplies by the cofactor", () => {
    const verdicts = ED25519_PROBES.map(({ publicKey, message, signature }) =>
      ed25519.verify(signature, message, publicKey, { zip215: true }),
    );
    expect(verdicts).not.toEqual(ED25519_PROBES.map(({ valid }) => valid));
  });
});
