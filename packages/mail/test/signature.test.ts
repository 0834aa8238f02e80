import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBytes } from "../src/header.ts";
import { keyRecordName, listedSignatures, MailError, parseHeader } from "../src/index.ts";
import { readSignature } from "../src/signature.ts";
import { parseTags } from "../src/tag-list.ts";
import { outcomeOf } from "./kit.ts";

const BODY_HASH = `${"A".repeat(43)}=`;
const USUAL: Record<string, string> = {
  v: "1",
  a: "rsa-sha256",
  d: "example.com",
  s: "key1",
  h: "From:To",
  bh: BODY_HASH,
  b: "AQID",
};

const fieldOf = (value: string) => ({ name: "dkim-signature", raw: `DKIM-Signature:${value}` });
function read(changes: Record<string, string | null>) {
  const tags = Object.entries({ ...USUAL, ...changes }).filter(([, value]) => value !== null);
  return readSignature(fieldOf(tags.map(([name, value]) => `${name}=${value}`).join(";")));
}

describe("a tag list", () => {
  it("is read in order, without white space around names and values", () => {
    const tags = parseTags(" a = b c ;\r\n\tD_1=\r\n x ;e=;");
    expect([...tags].map(([name, tag]) => [name, tag.value])).toEqual([
      ["a", "b c"],
      ["D_1", "x"],
      ["e", ""],
    ]);
  });

  it.each([
    ["a tag twice", "v=1; d=example.com; d=example.net", "tag-repeated"],
    ["nothing", "", "tags-malformed"],
    ["an empty tag in the middle", "v=1;;a=b", "tags-malformed"],
    ["two semicolons at the end", "v=1;;", "tags-malformed"],
    ["a name without a value", "v=1; a", "tags-malformed"],
    ["a name that begins with a digit", "1v=1", "tags-malformed"],
    ["a space in a name", "v v=1", "tags-malformed"],
    ["bytes beyond ASCII", "v=1\xa0", "tags-malformed"],
  ])("with %s is refused", async (_, text, code) => {
    expect(await outcomeOf(() => parseTags(text))).toBe(code);
  });
});

describe("a signature", () => {
  it("is read with the defaults of RFC 6376", () => {
    const signature = read({ d: "Example.COM", s: "Key1", h: " from : TO : to " });
    expect(signature).toMatchObject({
      algorithm: "rsa-sha256",
      canonicalization: "simple",
      domain: "example.com",
      selector: "key1",
      signedNames: ["from", "to", "to"],
      bytes: Uint8Array.of(1, 2, 3),
      identityDomain: "example.com",
      signedAt: null,
      expiresAt: null,
      limitsBody: false,
    });
    expect(keyRecordName(signature)).toBe("key1._domainkey.example.com");
  });

  it("is read with all that it states", () => {
    const all = {
      c: "relaxed/simple",
      i: "a=40b@news.example.com",
      q: "x:dns/txt",
      t: "5",
      x: "6",
      l: "0",
      z: "?",
      y: "?",
    };
    expect(read({ ...all, a: "ed25519-sha256" })).toMatchObject({
      algorithm: "ed25519-sha256",
      canonicalization: "relaxed",
      identityDomain: "news.example.com",
      signedAt: 5,
      expiresAt: 6,
      limitsBody: true,
    });
  });

  it.each([
    [{ v: null }, "signature-malformed"],
    [{ v: "2" }, "signature-malformed"],
    [{ v: "1.0" }, "signature-malformed"],
    [{ a: null }, "signature-malformed"],
    [{ a: "rsa-sha1" }, "algorithm-refused"],
    [{ a: "rsa-sha512" }, "algorithm-refused"],
    [{ a: "none" }, "algorithm-refused"],
    [{ c: "nofws" }, "signature-malformed"],
    [{ c: "relaxed/" }, "signature-malformed"],
    [{ c: "relaxed/relaxed/relaxed" }, "signature-malformed"],
    [{ d: null }, "signature-malformed"],
    [{ d: "example" }, "signature-malformed"],
    [{ d: "example.com." }, "signature-malformed"],
    [{ d: "exa mple.com" }, "signature-malformed"],
    [{ s: null }, "signature-malformed"],
    [{ s: "" }, "signature-malformed"],
    [{ s: "a..b" }, "signature-malformed"],
    [{ s: "a._domainkey.example.net" }, "signature-malformed"],
    [{ h: null }, "signature-malformed"],
    [{ h: "" }, "signature-malformed"],
    [{ h: "From:" }, "signature-malformed"],
    [{ h: "From To" }, "signature-malformed"],
    [{ h: "To:Date" }, "from-not-signed"],
    [{ h: "From:DKIM-Signature" }, "signatures-signed"],
    [{ b: null }, "signature-malformed"],
    [{ b: "" }, "signature-malformed"],
    [{ b: "AQI" }, "signature-malformed"],
    [{ b: "AQ==AQ==" }, "signature-malformed"],
    [{ b: "AR==" }, "signature-malformed"],
    [{ b: "AQ-_" }, "signature-malformed"],
    [{ bh: null }, "signature-malformed"],
    [{ bh: "AQID" }, "signature-malformed"],
    [{ i: "example.com" }, "signature-malformed"],
    [{ i: "@" }, "signature-malformed"],
    [{ i: "@example.net" }, "identity-foreign"],
    [{ i: "@notexample.com" }, "identity-foreign"],
    [{ i: "@example.com@example.net" }, "identity-foreign"],
    [{ q: "dns/https" }, "signature-malformed"],
    [{ t: "-1" }, "signature-malformed"],
    [{ t: "1e3" }, "signature-malformed"],
    [{ t: "1234567890123" }, "signature-malformed"],
    [{ x: "" }, "signature-malformed"],
    [{ t: "5", x: "5" }, "signature-malformed"],
    [{ t: "6", x: "5" }, "signature-malformed"],
    [{ l: "all" }, "signature-malformed"],
    // Tags have upper and lower case: this is no d=.
    [{ d: null, D: "example.com" }, "signature-malformed"],
  ] as const)("with %j is refused", async (changes, code) => {
    expect(await outcomeOf(() => read(changes))).toBe(code);
  });

  it("that is of no use hides none that is, above or below it", () => {
    const usual = Object.entries(USUAL).map(([name, value]) => `${name}=${value}`);
    const lines = [usual.slice(1), usual, [...usual, "d=example.com"]].map(
      (tags) => `DKIM-Signature: ${tags.join("; ")}\r\n`,
    );
    const listed = listedSignatures(parseHeader(toBytes(`${lines.join("From: a\r\n")}`)));
    expect(listed.map(({ signature, error }) => signature?.domain ?? error?.code)).toEqual([
      "signature-malformed",
      "example.com",
      "tag-repeated",
    ]);
  });

  describe("is signed over itself with nothing in b=", () => {
    it.each([
      ["last", "bh=b;b=AQ\r\n ID", "bh=b;b="],
      ["last, with a semicolon", "bh=b; b= AQID \r\n ;", "bh=b; b=;"],
      ["first", "b=AQID;bh=b", "b=;bh=b"],
      ["with space in its name's place", "bh=b;\r\n\tb\r\n =\tAQID;", "bh=b;\r\n\tb\r\n =;"],
      ["while another tag holds the same letters", "zb=b=AQID;bh=b;b=AQID", "zb=b=AQID;bh=b;b="],
      ["while bh= holds it", "n=b=;bh=b;b=AQID", "n=b=;bh=b;b="],
    ])("%s", (_, written, emptied) => {
      const fill = (text: string) =>
        `v=1;a=rsa-sha256;d=example.com;s=k;h=from;${text.replace("bh=b", `bh=${BODY_HASH}`)}`;
      expect(readSignature(fieldOf(fill(written))).emptied).toBe(`DKIM-Signature:${fill(emptied)}`);
    });
  });

  it("of any text is read or refused with a MailError", () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.entries(USUAL).map(([name, value]) => `${name}=${value};`)),
      fc.constantFrom(" ", "\r\n\t", ";", "=", "b=", "i=@example.com;", "c=relaxed;", "t=1;"),
      fc.string({ unit: "binary-ascii", maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          readSignature(fieldOf(pieces.join("")));
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
