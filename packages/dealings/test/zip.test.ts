/** Zip files as streams: of known and unknown sizes, damaged, and made to do harm. */

import fc from "fast-check";
import { strToU8, Zip, ZipDeflate, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { crc32 } from "../src/files/crc32.ts";
import { ZipMembers } from "../src/files/unzip.ts";
import { readAwardExport } from "../src/index.ts";
import { AWARD, codeOf, csv, pieces, zipOf } from "./kit.ts";

/** Members by name, as text. */
function unzip(bytes: Uint8Array, size: number, unpacked?: number): Record<string, string> {
  const members: Record<string, string> = {};
  const open = (name: string) => {
    if (name.endsWith("/")) return null;
    const parts: Uint8Array[] = [];
    return {
      push: (part: Uint8Array) => void parts.push(part.slice()),
      end: () => {
        members[name] = Buffer.concat(parts).toString();
      },
    };
  };
  const zip = unpacked === undefined ? new ZipMembers(open) : new ZipMembers(open, { unpacked });
  for (let at = 0; at < bytes.length; at += size) zip.push(bytes.subarray(at, at + size));
  zip.end();
  return members;
}

/** With sizes behind the data, as a program writes that does not know them before. */
function streamed(members: Record<string, string>): Uint8Array {
  const out: Uint8Array[] = [];
  const zip = new Zip((_, bytes) => void out.push(bytes));
  for (const [name, text] of Object.entries(members)) {
    const member = new ZipDeflate(name, { level: 6 });
    zip.add(member);
    member.push(strToU8(text), true);
  }
  zip.end();
  return Buffer.concat(out);
}

const anyMembers = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}\.csv$/),
  fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ maxLength: 50 }).map((text) => text.repeat(200)),
  ),
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);

describe("a zip file", () => {
  it("gives its members, whether their sizes stand before or behind them, in pieces of any size", () => {
    fc.assert(
      fc.property(anyMembers, fc.constantFrom(1, 7, 29, 1000, 1e6), (members, size) => {
        const texts = Object.fromEntries(
          Object.entries(members).map(([name, text]) => [name, text.toWellFormed()]),
        );
        expect(unzip(streamed(texts), size)).toEqual(texts);
        expect(unzip(zipOf(texts), size)).toEqual(texts);
        const stored = zipSync(
          Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])),
          { level: 0 },
        );
        expect(unzip(stored, size)).toEqual(texts);
      }),
      { numRuns: 60 },
    );
  });

  it("may hold folders and a member that is passed over", () => {
    expect(unzip(zipOf({ "a/": "", "a/b.csv": "x", "c/": "" }), 3)).toEqual({ "a/b.csv": "x" });
  });

  it("whose packed data look like a descriptor is still read right", () => {
    // Stored blocks of deflate keep the bytes as they are.
    const lookalike = Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), Buffer.alloc(20)]).toString(
      "latin1",
    );
    const out: Uint8Array[] = [];
    const zip = new Zip((_, bytes) => void out.push(bytes));
    const member = new ZipDeflate("a.csv", { level: 0 });
    zip.add(member);
    member.push(strToU8(lookalike.repeat(20)), true);
    zip.end();
    for (const size of [1, 50, 1e6])
      expect(unzip(Buffer.concat(out), size)).toEqual({ "a.csv": lookalike.repeat(20) });
  });

  it("cut off anywhere is refused", async () => {
    for (const whole of [zipOf({ "a.csv": csv([AWARD]) }), streamed({ "a.csv": csv([AWARD]) })]) {
      const directory = Buffer.from(whole).indexOf("PK\x01\x02", 0, "latin1");
      for (let length = 4; length < directory; length += 7)
        expect(await codeOf(readAwardExport(pieces(whole.subarray(0, length))))).toBe("cut-off");
    }
  });

  it("damaged anywhere in its data is refused", () => {
    const whole = zipOf({ "a.csv": csv([AWARD, { ...AWARD, recipient_name: "OTHER" }]) });
    const directory = Buffer.from(whole).indexOf("PK\x01\x02", 0, "latin1");
    for (let at = 35; at < directory; at += 3) {
      const damaged = whole.slice();
      damaged[at]! ^= 0x10;
      expect(() => unzip(damaged, 1e6)).toThrow(/zip file|too early/);
    }
  });

  it("that is encrypted or packed in another way is refused", () => {
    const encrypted = zipOf({ "a.csv": "x" });
    encrypted[6]! |= 1;
    const other = zipOf({ "a.csv": "x" });
    other[8] = 12;
    for (const bad of [encrypted, other]) expect(() => unzip(bad, 1e6)).toThrow(/Unpack it/);
  });

  it("that grows without end is refused", () => {
    const zeros = "\0".repeat(1_000_000);
    expect(() => unzip(zipOf({ "a.csv": zeros, "b.csv": zeros }), 1e6, 1_500_000)).toThrow(
      /grows far too much/,
    );
    expect(() => unzip(zipOf({ "a.csv": zeros }), 1e6, 1_500_000)).not.toThrow();
  });
});

describe("CRC-32", () => {
  it("is the one of the check value, in pieces too", () => {
    const bytes = Buffer.from("123456789");
    expect(crc32(0, bytes)).toBe(0xcbf43926);
    expect(crc32(crc32(0, bytes.subarray(0, 4)), bytes.subarray(4))).toBe(0xcbf43926);
  });
});
