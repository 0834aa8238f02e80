import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFromPinned, MailError, type PinnedKey, readKeyRecord } from "../src/index.ts";
import { ed25519, ed25519Key, outcomeOf, rsa, rsaKey } from "./kit.ts";

const p = (record: string) => /p=(.*)/.exec(record)![1]!;
const rsaP = p(rsa.record);
const edP = p(ed25519.record);
const bytesOf = (base64: string) => Buffer.from(base64, "base64");
const base64Of = (...parts: (Uint8Array | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part))).toString("base64");

describe("a key record", () => {
  it("holds an RSA key, as SubjectPublicKeyInfo or bare", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2304 });
    const whole = publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const bare = publicKey.export({ format: "der", type: "pkcs1" }).toString("base64");
    const { n } = publicKey.export({ format: "jwk" });
    const modulus = BigInt(`0x${Buffer.from(n!, "base64url").toString("hex")}`);
    for (const text of [whole, bare]) {
      expect(readKeyRecord(`p=${text}`)).toEqual({
        algorithm: "rsa-sha256",
        modulus,
        bits: 2304,
        strict: false,
      });
    }
  });

  it("holds an Ed25519 key", () => {
    expect(readKeyRecord(`v=DKIM1;k=ed25519;p=${edP}`)).toEqual({
      algorithm: "ed25519-sha256",
      publicKey: Uint8Array.from(bytesOf(edP)),
      strict: false,
    });
  });

  it("is read with white space in p= and with all that it may state", () => {
    const record = `v=DKIM1 ; h=sha1 : sha256; k=rsa; n=a note; s=tlsrpt:email; t=x : s; p=${rsaP.slice(0, 100)} ${rsaP.slice(100)};`;
    expect(readKeyRecord(record)).toEqual({ ...readKeyRecord(rsa.record), strict: true });
  });

  const spki = bytesOf(rsaP);
  const changed = (at: number, byte: number) => {
    const bytes = Uint8Array.from(spki);
    bytes.set([byte], at < 0 ? bytes.length + at : at);
    return base64Of(bytes);
  };
  const SMALL_ORDER = base64Of(new Uint8Array(32));
  const NOT_CANONICAL = base64Of([0xee], new Uint8Array(30).fill(0xff), [0x7f]);

  it.each([
    ["is empty", "", "tags-malformed"],
    ["states a tag twice", `p=${rsaP}; p=${rsaP}`, "tag-repeated"],
    ["has another version", `v=DKIM2; p=${rsaP}`, "key-malformed"],
    ["has the version elsewhere than first", `k=rsa; v=DKIM1; p=${rsaP}`, "key-malformed"],
    ["has no key", "v=DKIM1; k=rsa", "key-malformed"],
    ["is revoked", "v=DKIM1; k=rsa; p=", "key-revoked"],
    ["is a test", `v=DKIM1; t=y; p=${rsaP}`, "key-testing"],
    ["is a test, among other flags", `v=DKIM1; t=s:y; p=${rsaP}`, "key-testing"],
    ["is for another service", `v=DKIM1; s=other; p=${rsaP}`, "key-not-for-mail"],
    ["is for another hash", `v=DKIM1; h=sha1; p=${rsaP}`, "key-not-for-mail"],
    ["is of another type", `v=DKIM1; k=ec; p=${rsaP}`, "key-not-for-mail"],
    ["is not base64", "v=DKIM1; p=!", "key-malformed"],
    ["is cut off", `v=DKIM1; p=${base64Of(spki.subarray(0, -1))}`, "key-malformed"],
    ["goes on after its end", `v=DKIM1; p=${base64Of(spki, [0])}`, "key-malformed"],
    ["is of another algorithm", `v=DKIM1; p=${changed(14, 0x0a)}`, "key-malformed"],
    ["has another exponent", `v=DKIM1; p=${changed(-1, 3)}`, "key-weak"],
    ["has an even modulus", `v=DKIM1; p=${changed(-6, 0)}`, "key-odd"],
    ["is an Ed25519 key of other length", `k=ed25519; p=${base64Of(bytesOf(edP), [1])}`, "key-malformed"],
    ["is an RSA key that says Ed25519", `k=ed25519; p=${rsaP}`, "key-malformed"],
    ["is an Ed25519 key that says RSA", `p=${edP}`, "key-malformed"],
    ["is an Ed25519 key of small order", `k=ed25519; p=${SMALL_ORDER}`, "key-odd"],
    ["is an Ed25519 key that is not canonical", `k=ed25519; p=${NOT_CANONICAL}`, "key-odd"],
  ])("that %s is refused", async (_, record, code) => {
    expect(await outcomeOf(() => readKeyRecord(record))).toBe(code);
  });

  it("with a length that is not the shortest is refused", async () => {
    // SEQUENCE { INTEGER, INTEGER } of small numbers: short enough that each length has longer spellings.
    const read = (...bytes: number[]) => outcomeOf(() => readKeyRecord(`p=${base64Of(bytes)}`));
    expect(await read(0x30, 6, 2, 1, 5, 2, 1, 3)).toBe("key-weak");
    expect(await read(0x30, 0x81, 6, 2, 1, 5, 2, 1, 3)).toBe("key-malformed");
    expect(await read(0x30, 0x82, 0, 6, 2, 1, 5, 2, 1, 3)).toBe("key-malformed");
    expect(await read(0x30, 0x80, 2, 1, 5, 2, 1, 3, 0, 0)).toBe("key-malformed");
    // A negative number, one with a zero too many, and none.
    expect(await read(0x30, 6, 2, 1, 0x85, 2, 1, 3)).toBe("key-malformed");
    expect(await read(0x30, 7, 2, 2, 0, 5, 2, 1, 3)).toBe("key-malformed");
    expect(await read(0x30, 5, 2, 0, 2, 1, 3)).toBe("key-malformed");
    expect(await read(0x30, 9, 2, 1, 5, 2, 1, 3, 2, 1, 1)).toBe("key-malformed");
  });

  it("with an RSA key of 2047 bits or of more than 4096 is refused", async () => {
    const record = (bits: number) => {
      const n = Buffer.from(
        ((1n << BigInt(bits - 1)) + 1n).toString(16).padStart(Math.ceil(bits / 8) * 2, "0"),
        "hex",
      );
      const number = n[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), n]) : n;
      const two = (length: number) => [0x82, length >> 8, length & 255];
      const content = Buffer.concat([
        Buffer.from([2, ...two(number.length)]),
        number,
        Buffer.from([2, 3, 1, 0, 1]),
      ]);
      return `p=${base64Of([0x30, ...two(content.length)], content)}`;
    };
    const codes = [2047, 2048, 4096, 4097].map((bits) => outcomeOf(() => readKeyRecord(record(bits))));
    expect(await Promise.all(codes)).toEqual(["key-weak", "accepted", "accepted", "key-odd"]);
  });

  it("of any text is read or refused with a MailError", () => {
    const piece = fc.oneof(
      fc.constantFrom("v=DKIM1;", "k=rsa;", "k=ed25519;", "p=", rsaP, edP, "t=s;", "h=", ";", " "),
      fc.base64String({ maxLength: 40 }),
      fc.string({ unit: "binary-ascii", maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          readKeyRecord(pieces.join(""));
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a pinned key", () => {
  const other = ed25519Key().record;
  const pin = (
    record: string,
    notBefore: string,
    notAfter: string,
    name = "K._domainkey.example.com",
  ): PinnedKey => ({
    name,
    record,
    notBefore,
    notAfter,
  });
  const pinned = [
    pin(rsa.record, "2026-01-01", "2026-01-31"),
    pin(other, "2026-02-01", "2026-02-28"),
    pin("v=DKIM1; p=", "2026-03-01", "2026-03-31"),
    pin(ed25519.record, "2026-01-01", "2026-12-31", "k._domainkey.example.net"),
  ];
  const on = (day: string, name = "k._domainkey.example.com") => keyFromPinned(pinned, name, day);

  it("is the one of its name and the mail's day, first and last day included", () => {
    expect(on("2026-01-01")).toEqual(readKeyRecord(rsa.record));
    expect(on("2026-01-31")).toEqual(readKeyRecord(rsa.record));
    expect(on("2026-02-01")).toEqual(readKeyRecord(other));
    expect(on("2026-02-01", "k._domainkey.example.net")).toEqual(readKeyRecord(ed25519.record));
  });

  it.each([
    ["of another name", "2026-01-01", "k._domainkey.sub.example.com", "key-unknown"],
    ["before its days", "2025-12-31", undefined, "key-out-of-span"],
    ["after its days", "2026-04-01", undefined, "key-out-of-span"],
    ["that was revoked", "2026-03-01", undefined, "key-revoked"],
  ])("%s is refused", async (_, day, name, code) => {
    expect(await outcomeOf(() => on(day, name))).toBe(code);
  });

  it("that two records claim for one day is refused", async () => {
    const twice = [...pinned, pin(other, "2026-01-31", "2026-02-01")];
    const read = (day: string) => outcomeOf(() => keyFromPinned(twice, "k._domainkey.example.com", day));
    expect(await read("2026-01-31")).toBe("key-ambiguous");
    expect(await read("2026-01-30")).toBe("accepted");
  });

  it("of 1024 bits or of the exponent 3 is refused as it comes from a key maker", async () => {
    expect(await outcomeOf(() => readKeyRecord(rsaKey(1024).record))).toBe("key-weak");
    expect(await outcomeOf(() => readKeyRecord(rsaKey(2048, 3).record))).toBe("key-weak");
  });
});
