import { constants, sign, webcrypto } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bytesToBigInt, decodeHex } from "../src/bytes.ts";
import * as node from "../src/platform-node.ts";
import * as web from "../src/platform-web.ts";
import { generateTestRsaKey, type TestRsaKey, toFixedBytes } from "./helpers/blind-sign.ts";
import { ed25519Cases } from "./helpers/ed25519-cases.ts";

/** Fails to compile when one platform lacks an export of the other or differs in a type. */
const platforms: [string, typeof node & typeof web][] = [
  ["Node", node],
  ["WebCrypto", web],
];

const message = Uint8Array.of(1, 2, 3);
let key: TestRsaKey;
const pss = (saltLength: number, hash = "sha384", of = message) =>
  Uint8Array.from(
    sign(hash, of, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
  );
beforeAll(() => {
  key = generateTestRsaKey();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** platform-web.ts as a browser with another `crypto` loads it. */
async function webWith(crypto: unknown): Promise<typeof web> {
  vi.resetModules();
  vi.stubGlobal("crypto", crypto);
  return import("../src/platform-web.ts");
}

test("both platforms export the same names", () => {
  expect(Object.keys(web).sort()).toEqual(Object.keys(node).sort());
});

async function expectRsaVerdicts(platform: typeof web) {
  const imported = await platform.importRsaPss(key.publicKey.spki);
  const verdict = (signature: Uint8Array, of = message) => platform.verifyRsaPss(imported, of, signature);
  const good = pss(48);
  expect(imported.publicKey.n).toBe(key.publicKey.n);
  expect(await verdict(good)).toBe(true);
  expect(await verdict(good)).toBe(true);
  expect(await verdict(good, Uint8Array.of(1, 2))).toBe(false);
  for (const saltLength of [0, 32, 47, 49]) expect(await verdict(pss(saltLength))).toBe(false);
  expect(await verdict(pss(48, "sha256"))).toBe(false);
  expect(await verdict(Uint8Array.from(sign("sha384", message, key.privateKey)))).toBe(false);
  for (const length of [0, 1, 255, 257, 512])
    expect(await verdict(new Uint8Array(length).fill(1))).toBe(false);
  const { n } = key.publicKey;
  for (const s of [0n, 1n, n - 1n, n, 2n ** 2048n - 1n])
    expect(await verdict(toFixedBytes(s, 256))).toBe(false);
  const changed = good.slice();
  changed[200]! ^= 4;
  expect(await verdict(changed)).toBe(false);
  // The same number modulo n, spelled otherwise.
  const larger = bytesToBigInt(good) + n;
  if (larger < 2n ** 2048n) expect(await verdict(toFixedBytes(larger, 256))).toBe(false);
  expect(await verdict(toFixedBytes(larger, 257))).toBe(false);
}

describe.each(platforms)("%s", (_, platform) => {
  test("verifies RSA-PSS with SHA-384 and 48 bytes of salt, and nothing else", async () => {
    await expectRsaVerdicts(platform);
  });

  test("refuses an RSA key of another form", () => {
    const spki = key.publicKey.spki.slice();
    spki[293]! ^= 2;
    expect(() => platform.importRsaPss(spki)).toThrow(expect.objectContaining({ code: "bad-rsa-key" }));
  });

  test("never throws on a key that lies on no curve point", async () => {
    const nowhere = decodeHex(`02${"00".repeat(31)}`);
    expect(await platform.verifyEd25519(nowhere, message, ed25519Cases()[0]!.signature)).toBe(false);
    const imported = await platform.importEd25519(nowhere);
    expect(await platform.verifyEd25519(imported, message, ed25519Cases()[0]!.signature)).toBe(false);
  });

  test("keeps its own copy of an imported key", async () => {
    const { publicKey, message: signed, signature } = ed25519Cases()[0]!;
    const bytes = publicKey.slice();
    const imported = await platform.importEd25519(bytes);
    bytes.fill(0);
    expect(await platform.verifyEd25519(imported, signed, signature)).toBe(true);
  });

  test("gives as many random bytes as asked for, beyond one call's limit too", () => {
    for (const length of [0, 1, 32, 65536, 200_001]) {
      const bytes = platform.randomBytes(length);
      expect(bytes).toHaveLength(length);
      if (length >= 32) {
        expect(bytes.subarray(-32).some((byte) => byte !== 0)).toBe(true);
        expect(platform.randomBytes(length)).not.toEqual(bytes);
      }
    }
  });
});

describe("a browser", () => {
  const expectEd25519Verdicts = async (platform: typeof web) => {
    for (const { name, publicKey, message: signed, signature, valid } of ed25519Cases()) {
      expect(await platform.verifyEd25519(publicKey, signed, signature), name).toBe(valid);
    }
    const { publicKey, message: signed, signature } = ed25519Cases()[0]!;
    expect(await platform.verifyEd25519(await platform.importEd25519(publicKey), signed, signature)).toBe(
      true,
    );
  };

  test("without WebCrypto (no secure context) gives the same verdicts", async () => {
    const platform = await webWith({
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => webcrypto.getRandomValues(bytes),
    });
    await expectEd25519Verdicts(platform);
    await expectRsaVerdicts(platform);
  });

  test("whose WebCrypto lacks Ed25519 gives the same verdicts", async () => {
    const refuse = async () => {
      throw new DOMException("Unrecognized name.", "NotSupportedError");
    };
    const platform = await webWith({ subtle: { importKey: refuse, verify: refuse } });
    await expectEd25519Verdicts(platform);
  });

  test("whose WebCrypto multiplies by the cofactor gives the same verdicts", async () => {
    let asked = 0;
    const subtle = {
      importKey: async (_: string, raw: Uint8Array) => raw,
      verify: async (_: string, raw: Uint8Array, signature: Uint8Array, signed: Uint8Array) => {
        asked++;
        return ed25519.verify(signature, signed, raw, { zip215: true });
      },
    };
    const platform = await webWith({ subtle });
    await expectEd25519Verdicts(platform);
    // Asked the probes up to the one that it fails, and nothing after that.
    expect(asked).toBe(3);
  });

  test("whose WebCrypto is strict is left to decide, after the checks of form", async () => {
    const asked: string[] = [];
    const subtle = {
      importKey: webcrypto.subtle.importKey.bind(webcrypto.subtle),
      verify: (...args: Parameters<SubtleCrypto["verify"]>) => {
        asked.push("verify");
        return webcrypto.subtle.verify(...(args as Parameters<typeof webcrypto.subtle.verify>));
      },
    };
    const platform = await webWith({ subtle });
    await expectEd25519Verdicts(platform);
    expect(asked.length).toBeGreaterThan(10);
  });
});

describe("Node without raw key import", () => {
  test("imports by DER and gives the same verdicts", async () => {
    vi.resetModules();
    vi.doMock("node:crypto", async (original) => {
      const real = await original<typeof import("node:crypto")>();
      const createPublicKey = (input: Parameters<typeof real.createPublicKey>[0]) => {
        if ((input as { format?: string }).format === "raw-public") throw new TypeError("invalid format");
        return real.createPublicKey(input);
      };
      return { ...real, createPublicKey };
    });
    const platform = await import("../src/platform-node.ts");
    for (const { name, publicKey, message: signed, signature, valid } of ed25519Cases()) {
      expect(await platform.verifyEd25519(publicKey, signed, signature), name).toBe(valid);
    }
    vi.doUnmock("node:crypto");
  });
});
