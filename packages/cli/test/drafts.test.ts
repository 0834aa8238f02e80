/** From outlines as people write them to manifests as they are published. */
import {
  encodeBase64url,
  type JsonObject,
  KNOWN_SENDERS,
  letterId,
  parseLetterManifest,
  parseWorkforceManifest,
  signerFromSeed,
  workforceManifestHash,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { differenceLines } from "../src/ceremony/difference.ts";
import { evidenceLines } from "../src/ceremony/evidence-lines.ts";
import { draftLetter } from "../src/drafts/letter-draft.ts";
import { amendWorkforce } from "../src/drafts/workforce-amendment.ts";
import { draftWorkforce, type WorkforceCards } from "../src/drafts/workforce-draft.ts";

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
  openers: [key(6)],
  roles: ["Engineer", "Analyst"],
};

const card = (i: number, identity = keys[i]!) => ({
  type: "registrar-card" as const,
  v: 1 as const,
  identity,
  name: `R${i}`,
  operator: `Operator ${i}`,
  url: `https://r${i}.example.com`,
  sig: "A".repeat(86),
});
const boardCard = (log = key(4)) => ({
  type: "board-card" as const,
  v: 1 as const,
  key: key(5),
  url: "https://board.example.com",
  log: { key: log },
  sig: "A".repeat(86),
});
/** Signatures of cards are checked where they are read. */
const cards: WorkforceCards = { registrars: [2, 0, 1].map((i) => card(i)), board: boardCard(), quorum: 2 };

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
    const { file, filled } = draftWorkforce(workforce, cards);
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
    const turned = { ...cards, registrars: cards.registrars.toReversed() };
    expect(draftWorkforce(reversed, turned).file).toEqual(draftWorkforce(workforce, cards).file);
  });

  it.each<[string, JsonObject, Partial<WorkforceCards>, string]>([
    ["a quorum of half", {}, { quorum: 1 }, "more than half"],
    ["a quorum of more than there are", {}, { quorum: 4 }, "--quorum 2 to 3"],
    ["an unknown field", { extra: 1 }, {}, "not one of"],
    ["bounds of its own", { bounds: { forge: 0, double: 0, outage: 0 } }, {}, "bounds"],
    ["registrars of its own", { registrars: [] }, {}, "registrars"],
    [
      "a code mail with a link",
      { codeMail: { subject: "s", body: "{code} https://x.example.com" } },
      {},
      "/codeMail/body",
    ],
    ["one registrar twice", {}, { registrars: [card(0), card(0)] }, "/registrars"],
  ])("with %s is refused, naming what", (_name, change, of, words) => {
    expect(() => draftWorkforce({ ...workforce, ...change }, { ...cards, ...of })).toThrow(words);
  });

  const evidence = ["mailbox-code", "existing-mail"].map((kind) => ({ kind, class: "mailbox" }));
  const days = { notBefore: "2026-01-01", notAfter: "2026-12-31" };
  const own = { name: "Example", domain: "example.net", from: "no-reply@example.net", subject: null };

  it("writes known senders out, and sorts senders and key records as the format wants them", () => {
    const records = [
      { name: "s._domainkey.example.net", record: "v=DKIM1; p=x", first: "2026-03-01", last: "2026-12-31" },
      { name: "s._domainkey.example.net", record: "v=DKIM1; p=y", first: "2026-01-01", last: "2026-02-28" },
    ];
    const existingMail = { senders: ["linkedin", own, "google"], ...days, records };
    const { file } = draftWorkforce({ ...workforce, evidence, existingMail }, cards);
    const { senders, records: sorted } = parseWorkforceManifest(file).existingMail!;
    expect(senders.map(({ name, domain }) => [name, domain])).toEqual([
      ["Example", "example.net"],
      ["Google account notices", "accounts.google.com"],
      ["LinkedIn security notices", "linkedin.com"],
    ]);
    expect(sorted.map(({ first }) => first)).toEqual(["2026-01-01", "2026-03-01"]);
  });

  it("knows no sender but those that it says it knows", () => {
    const draft = () =>
      draftWorkforce({ ...workforce, evidence, existingMail: { senders: ["toString"], ...days } }, cards);
    expect(draft).toThrow(expect.objectContaining({ code: "outline-field" }));
    expect(draft).toThrow("google, linkedin");
  });

  it("of known senders takes each: From is at or below the signing domain, in lower case", () => {
    for (const { domain, from } of Object.values(KNOWN_SENDERS)) {
      expect(`.${from.split("@")[1]}`.endsWith(`.${domain}`)).toBe(true);
      expect(from).toBe(from.toLowerCase());
    }
  });

  it.each([2, 3, 4, 5, 15])("of %d registrars takes each quorum above a half, and no other", (n) => {
    const registrars = Array.from({ length: n }, (_, i) => card(i, key(20 + i)));
    for (let quorum = 1; quorum <= n + 1; quorum++) {
      const draft = () => draftWorkforce(workforce, { ...cards, registrars, quorum });
      if (2 * quorum > n && quorum <= n) {
        const { bounds } = parseWorkforceManifest(draft().file);
        expect(bounds).toEqual({ forge: quorum - 1, double: 2 * quorum - n - 1, outage: n - quorum });
      } else expect(draft).toThrow(expect.objectContaining({ code: "quorum-refused" }));
    }
  });
});

describe("an amendment", () => {
  const first = draftWorkforce(workforce, cards).file;
  const none = { changes: null, registrars: [], without: [], board: null, quorum: null };

  it("is the next version, in which nothing else differs", () => {
    const second = amendWorkforce(first, { ...none, changes: { employer: "Example Works Ltd" } }).file;
    const third = amendWorkforce(second, { ...none, changes: { employer: "Example Works" } }).file;
    const id = workforceManifestHash(first);
    expect(parseWorkforceManifest(second)).toEqual({
      ...parseWorkforceManifest(first),
      version: 2,
      workforce: id,
      previous: id,
      employer: "Example Works Ltd",
    });
    expect(parseWorkforceManifest(third)).toMatchObject({
      version: 3,
      workforce: id,
      previous: workforceManifestHash(second),
    });
  });

  it("takes a registrar in, lets one go, moves one, and makes the bounds anew", () => {
    const moved = { ...card(1), url: "https://moved.example.com" };
    const { file } = amendWorkforce(first, {
      ...none,
      registrars: [card(3, key(9)), moved],
      without: ["R0"],
      quorum: 3,
    });
    const { registrars, bounds } = parseWorkforceManifest(file);
    expect(registrars.map(({ name, url }) => `${name} ${url}`).sort()).toEqual([
      "R1 https://moved.example.com",
      "R2 https://r2.example.com",
      "R3 https://r3.example.com",
    ]);
    expect(bounds).toEqual({ forge: 2, double: 2, outage: 0 });
  });

  it.each([
    ["that changes nothing", { changes: { employer: "Example Works" } }, "nothing-changes"],
    ["that says nothing", {}, "nothing-changes"],
    ["of a registrar that there is not", { without: ["R7"] }, "registrar-unknown"],
    ["after which the quorum does not fit", { without: ["R0", "R1"] }, "quorum-refused"],
    ["to another log", { board: boardCard(key(8)) }, "log-key-changes"],
    ["of what follows from the chain", { changes: { version: 7 } }, "outline-field"],
  ])("%s is refused", (_name, change, code) => {
    expect(() => amendWorkforce(first, { ...none, ...change })).toThrow(expect.objectContaining({ code }));
  });
});

describe("evidence in words", () => {
  const record = (p: string) => ({
    name: "s._domainkey.example.net",
    record: `v=DKIM1; p=${p}`,
    first: "2026-01-01",
    last: "2026-06-30",
  });
  const sender = {
    name: "Example",
    domain: "example.net",
    from: "no-reply@example.net",
    subject: "Sign-in *",
  };
  const mails = {
    senders: [sender],
    notBefore: "2026-01-01",
    notAfter: "2026-12-31",
    records: [record("x")],
  };
  const every = {
    ...workforce,
    evidence: [
      { kind: "mailbox-code", class: "mailbox" },
      { kind: "vouch", class: "vouched" },
      { kind: "existing-mail", class: "mailbox" },
    ],
    existingMail: mails,
    vouching: { invitations: 3 },
    names: { pattern: "{given}.{family}", order: "family-given" },
  };
  const before = draftWorkforce(every, cards).file;

  it("says senders, days, keys, invitations and names of a manifest", () => {
    expect(evidenceLines(parseWorkforceManifest(before))).toEqual([
      "evidence: a mail that somebody already has; a code that registrars mail; a colleague's invitation (counted apart)",
      "mails of: Example, from no-reply@example.net, signed by example.net, with the subject Sign-in *",
      "mails dated: 2026-01-01 to 2026-12-31, and after every earlier epoch that took mails",
      "key where DNS is out of reach: s._domainkey.example.net, for mails of 2026-01-01 to 2026-06-30",
      "invitations: 3 for each mailbox",
      "names: confirmed where the mailbox says them as {given}.{family}, family name first",
    ]);
    expect(evidenceLines(parseWorkforceManifest(draftWorkforce(workforce, cards).file))).toEqual([
      "evidence: a code that registrars mail",
      "names: none are confirmed",
    ]);
  });

  it("says what of it an amendment changes, a key under the same name and days too", () => {
    const changes = {
      existingMail: { ...mails, senders: [sender, "google"], notAfter: "2026-08-31", records: [record("y")] },
      vouching: { invitations: 1 },
    };
    const none = { registrars: [], without: [], board: null, quorum: null };
    const after = amendWorkforce(before, { ...none, changes }).file;
    expect(differenceLines(parseWorkforceManifest(before), parseWorkforceManifest(after))).toEqual([
      "mails of: with Google account notices, from no-reply@accounts.google.com, signed by accounts.google.com",
      "mails dated: 2026-01-01 to 2026-12-31 -> 2026-01-01 to 2026-08-31",
      "key records: without s._domainkey.example.net, for mails of 2026-01-01 to 2026-06-30",
      "key records: with s._domainkey.example.net, for mails of 2026-01-01 to 2026-06-30",
      'vouching: {"invitations":3} -> {"invitations":1}',
    ]);
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
