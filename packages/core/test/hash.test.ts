import { createHash, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeHex } from "../src/bytes.ts";
import {
  domainHash,
  domainMessage,
  hkdfExpand,
  hkdfExtract,
  hmacSha256,
  sha256,
  sha384,
} from "../src/hash.ts";
import * as web from "../src/platform-web.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
const hex = (value: ArrayBuffer | Uint8Array) => Buffer.from(value as Uint8Array).toString("hex");
const refused = (code: string) => expect.objectContaining({ name: "CoreError", code });

describe("hashes", () => {
  test("agree between the platforms and with node:crypto, and are plain byte arrays", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(encodeHex(sha256(value))).toBe(createHash("sha256").update(value).digest("hex"));
        expect(encodeHex(sha384(value))).toBe(createHash("sha384").update(value).digest("hex"));
        expect(encodeHex(web.sha256(value))).toBe(encodeHex(sha256(value)));
        expect(encodeHex(web.sha384(value))).toBe(encodeHex(sha384(value)));
        expect(Object.getPrototypeOf(sha256(value))).toBe(Uint8Array.prototype);
      }),
    );
  });
});

describe("domains", () => {
  test("put the name, the version and a line feed before the bytes", () => {
    const message = domainMessage("endorsement", Uint8Array.of(1, 2));
    expect(Buffer.from(message).toString("latin1")).toBe("undersigned/endorsement/v1\n\x01\x02");
    expect(encodeHex(domainHash("endorsement", Uint8Array.of(1, 2)))).toBe(
      createHash("sha256").update(message).digest("hex"),
    );
  });

  test.each(["", "Endorsement", "a\nb", "a b", "a/", "-a", "é"])("cannot be named %j", (domain) => {
    expect(() => domainMessage(domain, new Uint8Array())).toThrow(refused("bad-domain"));
    expect(() => domainHash(domain, new Uint8Array())).toThrow(refused("bad-domain"));
  });
});

describe("keyed hashes", () => {
  test("agree with node:crypto", () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.integer({ min: 1, max: 300 }), (key, salt, info, length) => {
        expect(hex(hmacSha256(key, info))).toBe(createHmac("sha256", key).update(info).digest("hex"));
        expect(hex(hkdfExpand(hkdfExtract(salt, key), info, length))).toBe(
          hex(hkdfSync("sha256", key, salt, info, length)),
        );
      }),
    );
  });

  test("refuse a key that is too short and lengths that HKDF does not have", () => {
    const prk = new Uint8Array(32);
    expect(() => hkdfExpand(prk.subarray(1), prk, 32)).toThrow(refused("bad-length"));
    for (const length of [0, -1, 1.5, 8161, Number.NaN]) {
      expect(() => hkdfExpand(prk, prk, length)).toThrow(refused("bad-length"));
    }
    expect(hkdfExpand(prk, prk, 8160)).toHaveLength(8160);
  });
});
