/** From outlines as people write them to manifests as they are published. */
import {
  encodeBase64url,
  type JsonObject,
  letterId,
  parseLetterManifest,
  parseWorkforceManifest,
  signerFromSeed,
  workforceManifestHash,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { draftLetter } from "../src/drafts/letter-draft.ts";
import { draftWorkforce } from "../src/drafts/workforce-draft.ts";

const key = (fill: number) => signerFromSeed(new Uint8Array(32).fill(fill)).publicKey;
const keys = [1, 2, 3].map(key).sort();

const workforce: JsonObject = {
  employer: "Example Works",
  mailboxes: {
    domains: [
      { domain: "example.org" },
      { domain: "example.com", aliases: ["m.example.com", "a.example.com", "m.example.com"] },
    ],
    groups: ["team-*", "all"],
  },
  registrars: [2, 0, 1].map((i) => ({
    identity: keys[i]!,
    name: `R${i}`,
    operator: `Operator ${i}`,
    url: `https://r${i}.example.com`,
  })),
  quorum: 2,
  log: { key: key(4) },
  board: { key: key(5), url: "https://board.example.com" },
  openers: [key(6)],
  roles: ["Engineer", "Analyst"],
};

const letter: JsonObject = {
  workforce: encodeBase64url(new Uint8Array(32).fill(9)),
  title: "A letter",
  addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
  opens: "2026-05-01",
  closes: "2026-05-20",
  delivers: "2026-05-21",
  delivery: "By hand.",
  organisers: [key(6)],
};

describe("a workforce's draft", () => {
  it("has bounds, origin and order that follow from the outline, and can be parsed", () => {
    const { file, filled } = draftWorkforce(workforce);
    const manifest = parseWorkforceManifest(file);
    expect(manifest.bounds).toEqual({ forge: 1, double: 0, outage: 1 });
    expect(manifest.registrars.map(({ identity }) => identity)).toEqual(keys);
    expect(manifest.roles).toEqual(["Analyst", "Engineer"]);
    expect(manifest.mailboxes).toEqual({
      domains: [
        { domain: "example.com", aliases: ["a.example.com", "m.example.com"] },
        { domain: "example.org", aliases: [] },
      ],
      plus: true,
      dots: false,
      groups: ["all", "team-*"],
    });
    expect(manifest.log.origin).toMatch(/^undersigned-log\/[0-9a-f]{64}$/);
    expect(manifest).toMatchObject({
      version: 1,
      workforce: null,
      previous: null,
      witnesses: [],
      headcount: null,
    });
    expect(filled).toContain("codeMail");
    expect(filled).not.toContain("roles");
  });

  it("is the same whatever the order of the outline", () => {
    const reversed = Object.fromEntries(Object.entries(workforce).reverse());
    expect(draftWorkforce(reversed).file).toEqual(draftWorkforce(workforce).file);
  });

  it("after a manifest is the next version of it", () => {
    const first = draftWorkforce(workforce).file;
    const second = draftWorkforce({ ...workforce, employer: "Example Works Ltd" }, first).file;
    const third = draftWorkforce(workforce, second).file;
    const id = workforceManifestHash(first);
    expect(parseWorkforceManifest(second)).toMatchObject({ version: 2, workforce: id, previous: id });
    expect(parseWorkforceManifest(third)).toMatchObject({
      version: 3,
      workforce: id,
      previous: workforceManifestHash(second),
    });
  });

  it.each<[string, JsonObject, string]>([
    ["a quorum of half", { ...workforce, quorum: 1 }, "/quorum"],
    ["an unknown field", { ...workforce, extra: 1 }, "not known"],
    ["bounds that do not follow", { ...workforce, bounds: { forge: 0, double: 0, outage: 0 } }, "/bounds"],
    ["a log key that is none", { ...workforce, log: { key: "short" } }, "/log/"],
    [
      "a code mail with a link",
      { ...workforce, codeMail: { subject: "s", body: "{code} https://example.com" } },
      "/codeMail/body",
    ],
    [
      "one registrar twice",
      {
        ...workforce,
        registrars: [(workforce.registrars as JsonObject[])[0]!, (workforce.registrars as JsonObject[])[0]!],
      },
      "/registrars",
    ],
  ])("with %s is refused, naming the field", (_name, outline, field) => {
    expect(() => draftWorkforce(outline)).toThrow(field);
  });
});

describe("a letter's draft", () => {
  it("has a salt of its own each time, so that its id does not betray the text", () => {
    const [one, two] = [draftLetter(letter, "Text."), draftLetter(letter, "Text.")];
    expect(letterId(one.file)).not.toBe(letterId(two.file));
    expect(parseLetterManifest(one.file).salt).not.toBe(parseLetterManifest(two.file).salt);
  });

  it("lets nobody go first unless the outline says so", () => {
    const { batch } = parseLetterManifest(draftLetter(letter, "Text.").file);
    expect(batch.first).toBe(100);
    expect(batch.classes.mailbox).toEqual({ min: 20, every: 1 });
    const own = { first: 1, classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } } };
    expect(parseLetterManifest(draftLetter({ ...letter, batch: own }, "Text.").file).batch).toEqual(own);
  });

  it("takes text with the line ends and compositions of any editor", () => {
    const { body } = parseLetterManifest(draftLetter(letter, "Cafe\u0301\r\nnext\rlast").file);
    expect(body).toBe("Caf\u00e9\nnext\nlast");
  });

  it("keeps a body that stands in the outline", () => {
    expect(parseLetterManifest(draftLetter({ ...letter, body: "Own." }, "Other.").file).body).toBe("Own.");
  });

  it.each<[string, JsonObject, string]>([
    ["without text", letter, "/body"],
    ["that closes before it opens", { ...letter, body: "x", closes: "2026-04-01" }, "/closes"],
    ["of an unknown appearance", { ...letter, body: "x", appearances: ["sealed"] }, "/appearances"],
  ])("%s is refused, naming the field", (_name, outline, field) => {
    expect(() => draftLetter(outline)).toThrow(field);
  });

  it("of something that is no object is refused", () => {
    for (const outline of [[], "text", null, 1]) expect(() => draftLetter(outline)).toThrow("JSON object");
  });
});
