/** The quick ways through a signatory's leaf give what core gives, and take nothing that core refuses. */
import {
  concatBytes,
  decodeBase64url,
  encodeLeaf,
  parseLeaf,
  type SignatoryLeaf,
  signedMessage,
  tokenMessage,
} from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEndorsement, readSignatoryLeaf } from "../src/read-signatory-leaf.ts";
import { isSignatorys, signedMessageOf, TokenInput } from "../src/signatory-bytes.ts";
import { openedLog, smallLog } from "./helpers.ts";

const { log, letter } = openedLog();
const endorsement = log.endorse(letter, 0);
const leaves: SignatoryLeaf[] = [
  endorsement,
  log.endorse(letter, 1, { registrars: [0, 1, 2] }),
  log.revise(letter, 0, { kind: "anonymous" }),
  log.withdraw(letter, 0),
];

describe("the message that a leaf signs", () => {
  it.each(leaves.map((leaf) => [leaf.type, leaf] as const))(
    "of type %s is cut out of its entry",
    (_type, leaf) => {
      expect(signedMessageOf(encodeLeaf(leaf), leaf.type)).toEqual(signedMessage(leaf));
    },
  );
});

describe("the message that a registrar signs", () => {
  it("is filled into its form, for any prefix and key", () => {
    const [key] = [...log.epochs.values()][0]!.statements.values();
    const slotKey = {
      workforce: log.workforce,
      epoch: 1,
      slot: 0,
      class: "mailbox" as const,
      registrar: key!.registrar,
      spki: "A".repeat(43),
      rsa: { n: 0n, e: 0n, spki: new Uint8Array() },
    };
    const input = new TokenInput(slotKey);
    for (const signatory of [endorsement.key, leaves[1]!.key, "A".repeat(43), "B".repeat(43)]) {
      const prefix = decodeBase64url(endorsement.tokens[0]!.prefix);
      expect(input.fill(prefix, signatory)).toEqual(concatBytes(prefix, tokenMessage(slotKey, signatory)));
    }
  });
});

describe("reading a signatory's leaf", () => {
  it.each(leaves.map((leaf) => [leaf.type, leaf] as const))("of type %s gives the leaf", (_type, leaf) => {
    expect(readSignatoryLeaf(encodeLeaf(leaf))).toEqual(leaf);
  });

  it("takes the quick way for endorsements", () => {
    expect(readEndorsement(encodeLeaf(endorsement))).toEqual(endorsement);
  });

  it("takes the quick way for nothing that core refuses or reads otherwise", () => {
    const entry = encodeLeaf(leaves[1]!);
    const edit = fc.record({
      at: fc.nat({ max: entry.length }),
      remove: fc.integer({ min: 0, max: 3 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc.constantFrom(...'AgwQ0_- \n"{}[],:5').map((char) => new TextEncoder().encode(char)),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
        let changed = entry;
        for (const { at, remove, insert } of edits) {
          changed = concatBytes(changed.subarray(0, at), insert, changed.subarray(at + remove));
        }
        const quick = readEndorsement(changed);
        if (quick !== null) expect(parseLeaf(changed)).toEqual(quick);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["a byte order mark", (text: string) => `\ufeff${text}`],
    ["white space", (text: string) => text.replace(":0,", ": 0,")],
    ["a line feed at its end", (text: string) => `${text}\n`],
    ["an escape", (text: string) => text.replace("mailbox", "\\u006dailbox")],
    ["another seq", (text: string) => text.replace('"seq":0', '"seq":1')],
    ["spare bits in a hash", (text: string) => text.replace(/("letter":".{42})./, "$1B")],
    ["spare bits in a signature", (text: string) => text.replace(/("signature":".{341})./, "$1B")],
    ["another suite", (text: string) => text.replace("2048+", "3072+")],
    ["no token", (text: string) => text.replace(/"tokens":\[.*\]/, '"tokens":[]')],
    [
      "fields in another order",
      (text: string) => text.replace('"previous":null,"seq":0', '"seq":0,"previous":null'),
    ],
  ])("with %s does not take it, and neither does core", (_what, edit) => {
    const entry = new TextEncoder().encode(edit(new TextDecoder().decode(encodeLeaf(endorsement))));
    expect(readEndorsement(entry)).toBeNull();
    expect(() => readSignatoryLeaf(entry)).toThrow();
  });

  it("does not take tokens that are out of order or of one registrar", () => {
    const [one, two] = endorsement.tokens;
    for (const tokens of [
      [two!, one!],
      [one!, one!],
    ]) {
      const entry = encodeLeaf({ ...endorsement, tokens });
      expect(readEndorsement(entry)).toBeNull();
      expect(() => readSignatoryLeaf(entry)).toThrow();
    }
  });
});

describe("telling signatories' leaves by their end", () => {
  it("finds every one of them and no other", () => {
    for (const leaf of leaves) expect(isSignatorys(encodeLeaf(leaf))).toBe(true);
    const other = smallLog();
    other.log.addIssuance(0, "2026-03-02", 20);
    other.log.close(other.letter, "2026-05-01");
    for (const entry of other.log.entries) {
      const { type } = parseLeaf(entry);
      expect(isSignatorys(entry)).toBe(["endorsement", "revision", "withdrawal"].includes(type));
    }
  });
});
