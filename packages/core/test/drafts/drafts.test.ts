/** From fields as organisers type them to manifests as they are published. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  checkField,
  coarsen,
  documentTitle,
  encodeBase64url,
  encodeCanonical,
  fieldsOfLetter,
  fieldsOfWorkforce,
  fieldText,
  type JsonValue,
  type LetterContext,
  letterFields,
  letterOf,
  parseLetterManifest,
  parseWorkforceManifest,
  type WorkforceManifest,
  workforceFields,
  workforceManifestHash,
  workforceOf,
} from "../../src/index.ts";
import { cardText, fieldsOf, keyOf, letter, letterContext, workforce, workforceContext } from "./kit.ts";

let manifest: WorkforceManifest;
let hash: string;
let context: LetterContext;
const bytesOf = (value: unknown) => encodeCanonical(value as JsonValue);

beforeAll(async () => {
  manifest = (await workforceOf(fieldsOf(workforce), workforceContext)).manifest!;
  hash = workforceManifestHash(bytesOf(manifest));
  context = { ...letterContext, workforce: { id: hash, manifest } };
});

describe("a workforce's draft", () => {
  it("makes a manifest that can be parsed, whatever the order in which it was written", async () => {
    expect(parseWorkforceManifest(bytesOf(manifest))).toEqual(manifest);
    expect(manifest.mailboxes.domains.map(({ domain }) => domain)).toEqual(["example.com", "example.org"]);
    expect(manifest.openers).toEqual(workforceContext.openers);
    const turned = {
      registrars: [13, 11, 12].map((fill) => cardText(fill)),
      groups: ["all", "team-*"],
    };
    expect((await workforceOf(fieldsOf(workforce, turned), workforceContext)).manifest).toEqual(manifest);
  });

  it("shows a role that few share only as its coarser value, or not at all", async () => {
    const { shown } = await workforceOf(fieldsOf(workforce), workforceContext);
    expect(manifest.roles).toEqual(["Clerk in tax", "Engineer"]);
    expect(shown.roles).toEqual([
      { name: "Engineer", becomes: "Engineer" },
      { name: "Head of tax", becomes: null },
      { name: "Clerk in tax", becomes: "Clerk in tax" },
      { name: "Pilot", becomes: null },
    ]);
    const more = await workforceOf(fieldsOf(workforce, { leastShared: 23 }), workforceContext);
    expect(more.manifest?.roles).toEqual(["Engineer", "Finance"]);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ["no employer", { employer: " " }, "employer", "missing"],
    ["no domain", { domains: [] }, "domains", "no-domains"],
    [
      "a public mail provider",
      { domains: [{ domain: "gmail.com", aliases: [] }] },
      "domains",
      "public-provider",
    ],
    [
      "a provider's name below",
      { domains: [{ domain: "x.gmx.de", aliases: [] }] },
      "domains",
      "public-provider",
    ],
    [
      "a provider as alias",
      { domains: [{ domain: "a.example", aliases: ["qq.com"] }] },
      "domains",
      "public-provider",
    ],
    ["a mailbox as domain", { domains: [{ domain: "me@example.com", aliases: [] }] }, "domains", "no-domain"],
    [
      "one domain twice",
      { domains: [{ domain: "a.example", aliases: ["A.example"] }] },
      "domains",
      "domains-repeated",
    ],
    ["a pattern of everything", { groups: ["**"] }, "groups", "group-of-all"],
    ["a pattern that the rules empty", { dots: true, groups: ["team.a"] }, "groups", "group-of-none"],
    ["a pattern with a domain", { groups: ["all@example.com"] }, "groups", "group-form"],
    ["no evidence", { evidence: [] }, "evidence", "no-evidence"],
    ["invitations alone", { evidence: ["vouch"] }, "evidence", "vouch-alone"],
    [
      "a code mail without code",
      { codeMail: { subject: "Code", body: "None" } },
      "codeMail",
      "mail-without-code",
    ],
    [
      "a code mail with a link",
      { codeMail: { subject: "www.example", body: "{code}" } },
      "codeMail",
      "mail-with-link",
    ],
    ["mails of nobody", { evidence: ["existing-mail"] }, "existingMail", "no-senders"],
    ["a quorum of half", { quorum: 1 }, "quorum", "quorum-of-half"],
    ["a quorum of too many", { quorum: 4 }, "quorum", "quorum-of-more"],
    ["no quorum", { quorum: null }, "quorum", "missing"],
    ["no registrar", { registrars: [] }, "registrars", "no-registrars"],
    [
      "a card of another address",
      { registrars: [cardText(11, { url: "https://x.example" })] },
      "registrars",
      "registrar-card",
    ],
    [
      "one registrar twice",
      { registrars: [cardText(11), cardText(11)] },
      "registrars",
      "registrars-repeated",
    ],
    ["a registrar kept of nothing", { keptRegistrars: [keyOf(11)] }, "keptRegistrars", "registrar-unknown"],
    [
      "a name pattern without names",
      { names: { pattern: "{x}", order: "given-family" } },
      "names",
      "name-pattern-form",
    ],
    [
      "a role of nobody knows how many",
      { roles: [{ name: "A", people: null, coarser: "" }] },
      "roles",
      "shared-by-how-many",
    ],
    [
      "a role with two spaces",
      { roles: [{ name: "A  B", people: 50, coarser: "" }] },
      "roles",
      "shared-words",
    ],
    [
      "a headcount of tomorrow",
      { headcount: { number: 1, source: "s", day: "2026-04-02" } },
      "headcount",
      "headcount-to-come",
    ],
    ["an address without https", { boardUrl: "board.example.com" }, "boardUrl", "board-address"],
    ["witnesses that are not there", { witnessQuorum: 1 }, "witnessQuorum", "witness-quorum-of-more"],
  ])("with %s makes none, and says so at its field", async (_name, change, field, code) => {
    const { manifest: made, problems } = await workforceOf(fieldsOf(workforce, change), workforceContext);
    expect(made).toBeNull();
    expect(problems.filter(({ stops }) => stops)).toContainEqual(expect.objectContaining({ field, code }));
  });

  it("warns that one owner alone could open letters, while it can still be mended", async () => {
    const codes = async (openers: string[]) =>
      (await workforceOf(fieldsOf(workforce), { ...workforceContext, openers })).problems.map(
        ({ code }) => code,
      );
    expect(await codes([keyOf(6)])).toContain("one-opener");
    expect(await codes([keyOf(6), keyOf(7)].sort())).toEqual([]);
    expect(await codes([])).toContain("no-openers");
  });

  it("takes ready-made senders and own ones", async () => {
    const existingMail = {
      known: ["google"],
      senders: [{ name: "Own", domain: "example.net", from: "no-reply@example.net", subject: "" }],
      notBefore: "2026-01-01",
      notAfter: "2026-03-01",
      records: [],
    };
    const change = { evidence: ["existing-mail", "mailbox-code"], existingMail };
    const made = (await workforceOf(fieldsOf(workforce, change), workforceContext)).manifest;
    expect(made?.existingMail?.senders.map(({ name }) => name)).toEqual(["Google account notices", "Own"]);
    expect(made?.existingMail?.senders[1]?.subject).toBeNull();
  });

  it("goes on from the version in force, and can leave and add registrars", async () => {
    const before = { manifest, hash };
    const fields = fieldsOfWorkforce(manifest);
    const same = await workforceOf(fields, { ...workforceContext, before });
    expect(same.manifest).toEqual({ ...manifest, version: 2, workforce: hash, previous: hash });
    const kept = manifest.registrars.slice(0, 2).map(({ identity }) => identity);
    const changed = new Map([
      ...fields,
      ["keptRegistrars", fieldText(kept)],
      ["registrars", fieldText([cardText(14)])],
    ]);
    const later = (await workforceOf(changed, { ...workforceContext, before })).manifest!;
    expect(later.registrars.map(({ identity }) => identity)).toEqual([...kept, keyOf(14)].sort());
    expect(later.log).toEqual(manifest.log);
  });
});

describe("a letter's draft", () => {
  it("makes a manifest that can be parsed, without what is not in it", () => {
    const { manifest: made, problems } = letterOf(fieldsOf(letter), context);
    expect(problems).toEqual([]);
    expect(parseLetterManifest(bytesOf(made))).toEqual(made);
    expect(made!.demands.map(({ id }) => id)).toEqual(["pay", "hours"]);
    expect(made!.organisers).toEqual([keyOf(6), keyOf(7)].sort());
    expect(JSON.stringify(made)).not.toContain("Read this.");
  });

  it("says every problem at once", () => {
    const { manifest: made, problems } = letterOf(new Map(), context);
    expect(made).toBeNull();
    const fields = new Set(problems.map(({ field }) => field));
    for (const field of ["title", "addressee", "body", "opens", "closes", "delivers", "delivery"]) {
      expect(fields).toContain(field);
    }
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ["a closing day before the opening day", { closes: "2026-05-03" }, "closes", "closes-before-opening"],
    [
      "a closing day that is over",
      { opens: "2026-03-01", closes: "2026-03-31" },
      "closes",
      "closes-in-the-past",
    ],
    ["a day that is none", { closes: "2026-02-30" }, "closes", "not-a-day"],
    ["delivery before closing", { delivers: "2026-05-19" }, "delivers", "delivered-before-closing"],
    ["a hidden direction in its title", { title: "A \u202eletter" }, "title", "unseen-characters"],
    ["a title of two lines", { title: "A\nletter" }, "title", "several-lines"],
    ["a text too long", { body: "a".repeat(100_001) }, "body", "too-long"],
    ["a demand without words", { "demand:pay": null }, "demand:pay", "missing"],
    ["a claim without source", { "claim:gap": { text: "So it is.", sources: [] } }, "claim:gap", "no-source"],
    ["no way to appear", { appearances: [] }, "appearances", "no-appearances"],
    ["names that nobody confirms", { names: "confirmed" }, "names", "names-not-confirmed"],
    [
      "a mailbox that is none",
      { addressee: { name: "A", organisation: "B", mailbox: "C" } },
      "addressee",
      "addressee-mailbox",
    ],
    [
      "an empty batch",
      { batch: { first: null, classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } } } },
      "batch",
      "missing",
    ],
  ])("with %s makes none, and says so at its field", (_name, change, field, code) => {
    const { manifest: made, problems } = letterOf(fieldsOf(letter, change), context);
    expect(made).toBeNull();
    expect(problems.filter(({ stops }) => stops)).toContainEqual(expect.objectContaining({ field, code }));
  });

  it("warns of small batches, and makes a manifest all the same", () => {
    const classes = { mailbox: { min: 5, every: 1 }, vouched: { min: 20, every: 1 } };
    const { manifest: made, problems } = letterOf(
      fieldsOf(letter, { batch: { first: 100, classes } }),
      context,
    );
    expect(made).not.toBeNull();
    expect(problems).toEqual([expect.objectContaining({ code: "thin-batches", stops: false })]);
  });

  it("gives what a sentence takes beside the sentence, for pages in other languages", () => {
    const problem = letterOf(fieldsOf(letter, { body: "a".repeat(100_001) }), context).problems[0];
    expect(problem).toEqual({
      field: "body",
      code: "too-long",
      values: { part: "body", most: 100_000 },
      message: "The text of the letter may have 100,000 characters at most.",
      stops: true,
    });
  });

  it("goes on in a new version from the old one's text, without its days", () => {
    const old = letterOf(fieldsOf(letter), context).manifest!;
    const fields = new Map(fieldsOfLetter(old));
    expect(
      letterOf(fields, context)
        .problems.map(({ field }) => field)
        .sort(),
    ).toEqual(["closes", "delivers", "opens"]);
    for (const name of ["opens", "closes", "delivers"] as const) fields.set(name, fieldText(old[name]));
    const replaces = encodeBase64url(new Uint8Array(32).fill(8));
    expect(letterOf(fields, { ...context, replaces }).manifest).toEqual({ ...old, replaces });
  });

  it("is named by its title, cleaned of what a list cannot show", () => {
    expect(documentTitle("letter", fieldsOf({ title: " A\n\u202eletter " }))).toBe("A letter");
    expect(documentTitle("workforce", new Map())).toBe("");
  });
});

describe("whatever stands in fields", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("2026-05-04", "a", "\u202e", "\t", " "),
  );
  const several = fc.record(
    {
      title: anyText,
      body: anyText,
      delivery: anyText,
      opens: anyText,
      closes: anyText,
      language: anyText,
      addressee: fc.record({ name: anyText, organisation: anyText, mailbox: anyText }),
      "demand:pay": fc.record({ title: anyText, text: anyText, met: anyText }),
      batch: fc.record({
        first: fc.option(fc.nat()),
        classes: fc.record({
          mailbox: fc.record({ min: fc.option(fc.nat()), every: fc.option(fc.nat(500)) }),
          vouched: fc.record({ min: fc.option(fc.nat()), every: fc.option(fc.nat(500)) }),
        }),
      }),
    },
    { requiredKeys: [] },
  );
  /** One at a time, so that no other fault hides it. */
  const one = fc
    .tuple(fc.constantFrom("title", "body", "delivery", "opens", "closes", "language", "passOn"), anyText)
    .map(([name, text]): Record<string, unknown> => ({ [name]: text }));
  const values: fc.Arbitrary<Record<string, unknown>> = fc.oneof(several, one);

  it("a letter is a manifest or says what stops it, never neither and never both", () => {
    fc.assert(
      fc.property(values, (change) => {
        const { manifest: made, problems } = letterOf(fieldsOf(letter, change), context);
        expect(made === null).toBe(problems.some(({ stops }) => stops));
        if (made !== null) parseLetterManifest(bytesOf(made));
      }),
    );
  });

  it("every problem of a letter has a field, since the fields are looked at one by one", () => {
    fc.assert(
      fc.property(values, (change) => {
        for (const { field } of letterOf(fieldsOf(letter, change), context).problems)
          expect(field).not.toBe("");
      }),
    );
  });

  it("text that was typed is saved, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
        checkField("letter", "body", fieldText(text));
        expect((JSON.parse(fieldText(text)) as string).isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    ["letter", "unknown", "1"],
    ["letter", "employer", '"x"'],
    ["letter", "demand:", "{}"],
    ["letter", "title:a", '"x"'],
    ["letter", "__proto__", "1"],
    ["letter", "constructor", "1"],
    ["letter", "title", "1"],
    ["letter", "title", "not JSON"],
    ["letter", "demands", "[".repeat(40) + "]".repeat(40)],
    ["letter", "demands", '["__proto__"]'],
    ["letter", "demand:pay", '{"title":"","text":""}'],
    ["workforce", "title", '"x"'],
    ["workforce", "quorum", "1.5"],
  ] as const)("a %s's field %s is refused with %s", (kind, name, value) => {
    expect(() => checkField(kind, name, value)).toThrow();
  });

  it("has an empty value that may stand there", () => {
    for (const { shape, empty } of Object.values({ ...letterFields, ...workforceFields })) {
      shape.check(empty as JsonValue, "");
    }
  });
});

describe("values that few share", () => {
  const entry = fc.record({
    name: fc.constantFrom("a", "b", "c", "d", "e"),
    people: fc.option(fc.nat(40)),
    coarser: fc.constantFrom("", "x", "y", "a"),
  });

  it("stand in no manifest, nor does a coarser one that too few share", () => {
    const entries = fc.uniqueArray(entry, { selector: ({ name }) => name });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 30 }), (list, least) => {
        const { values, fates } = coarsen(list, least);
        for (const value of values) {
          const bearers = list.filter((_, i) => fates[i]!.becomes === value);
          const people = bearers.reduce((sum, { people: each }) => sum + (each ?? 0), 0);
          expect(people).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });
});
