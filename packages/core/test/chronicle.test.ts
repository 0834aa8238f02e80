/** Entries of the chronicle: what each kind takes, who must sign it, and which place it may take. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHRONICLE_KINDS,
  type ChronicleEntry,
  type ChronicleKind,
  type ChronicleRecord,
  canHaveHappened,
  type EntryPlace,
  encodeBase64url,
  encodeLeaf,
  encodeRecord,
  entryOrganisers,
  type Leaf,
  type LetterManifest,
  parseLeaf,
  parseRecord,
  placeOf,
  recordHash,
  recordLimit,
  signerFromSeed,
  signRecord,
  type TranslationEntry,
  verifyRecord,
  whatIsWrongWithPlace,
  whatIsWrongWithTranslation,
} from "../src/index.ts";

const b32 = (fill: number) => encodeBase64url(new Uint8Array(32).fill(fill));
const signers = [1, 2]
  .map((fill) => signerFromSeed(new Uint8Array(32).fill(fill)))
  .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));

const source = {
  title: "t",
  publisher: "p",
  day: null,
  url: "https://example.com/",
  quote: "",
  copy: null,
};
const translation: TranslationEntry = {
  kind: "translation",
  language: "pt-BR",
  title: "t",
  body: "b\n\nc",
  demands: [{ id: "stop", title: "t", text: "x", met: "m" }],
  supplement: { title: "s", claims: [{ id: "one", text: "x" }] },
};
const ENTRIES: { readonly [K in ChronicleKind]: ChronicleEntry } = {
  report: { kind: "report", text: "Two\nlines.", source },
  remark: { kind: "remark", text: "x", source: null },
  statement: { kind: "statement", text: "x", source },
  figure: { kind: "figure", what: "Shares", value: "-1.50", unit: "%", source },
  elsewhere: {
    kind: "elsewhere",
    title: "t",
    organisation: "o",
    source,
    follows: { workforce: b32(1), letter: b32(2) },
  },
  mirror: { kind: "mirror", url: "https://mirror.example.com/board" },
  topics: { kind: "topics", topics: ["a", "b"] },
  translation,
  removal: { kind: "removal", reason: "It was wrong." },
};
const record = (entry: unknown, of: object = {}) => ({
  type: "chronicle-record",
  v: 1,
  salt: b32(5),
  workforce: b32(1),
  letter: b32(2),
  on: "2026-05-04",
  replaces: (entry as ChronicleEntry).kind === "removal" ? b32(7) : null,
  entry,
  ...of,
});
const read = (entry: unknown, of: object = {}) =>
  parseRecord("chronicle-record", encodeRecord(record(entry, of) as ChronicleRecord));

describe("a record of the chronicle", () => {
  it("has a fixed hash and signature, for who writes it anew", () => {
    const hash = recordHash("chronicle-record", encodeRecord(record(ENTRIES.remark) as ChronicleRecord));
    const of = { type: "chronicle", workforce: b32(1), letter: b32(2), record: hash } as const;
    expect({ hash, sig: signRecord(of, signers[0]!).sig }).toEqual({
      hash: "CJhwMxhBYxlVmYPKjJz4unUZmE9-VPwAWKBANRqts38",
      sig: "7qhANmipMpxFfNUZp0z-O0YR60fapeJ-etyc5VuGT-cdbGiOuTwWvFfunfhDjziksPeUEYQOQ6_kQoMF7R3CAw",
    });
  });

  it.each(CHRONICLE_KINDS)(
    "of the kind %s is taken with its own fields, each of them, and no other's",
    (kind) => {
      const entry = ENTRIES[kind] as unknown as Record<string, unknown>;
      expect(read(entry).entry).toEqual(entry);
      for (const field of Object.keys(entry)) {
        const { [field]: _, ...less } = entry;
        expect(() => read(less), field).toThrow();
      }
      expect(() => read({ ...entry, more: 1 })).toThrow();
      for (const other of CHRONICLE_KINDS)
        if (Object.keys(ENTRIES[other]).sort().join() !== Object.keys(entry).sort().join())
          expect(() => read({ ...entry, kind: other }), other).toThrow();
    },
  );

  it("needs a source for what others have said, and none for a remark", () => {
    for (const kind of ["report", "statement", "figure", "elsewhere"] as const)
      expect(() => read({ ...ENTRIES[kind], source: null }), kind).toThrow("/source");
    expect(() => read({ ...ENTRIES.remark, source })).not.toThrow();
  });

  it("takes no link that runs, no amount with an exponent, no topics twice or out of order", () => {
    for (const url of [
      "javascript:alert(1)",
      "//example.com",
      "https://example.com/?who=me",
      "ftp://example.com",
    ])
      expect(() => read({ ...ENTRIES.mirror, url }), url).toThrow("/url");
    for (const value of ["1e3", "-0", "1,5", ""])
      expect(() => read({ ...ENTRIES.figure, value }), value).toThrow("/value");
    for (const topics of [[], ["a", "a"], ["b", "a"], Array.from({ length: 11 }, (_, i) => `t${100 + i}`)])
      expect(() => read({ ...ENTRIES.topics, topics }), topics.join()).toThrow("/topics");
    for (const language of ["", "x", "en_US", "english language"])
      expect(() => read({ ...translation, language }), language).toThrow("/language");
  });

  it("takes back something or is no removal, and is of a day", () => {
    expect(() => read(ENTRIES.removal, { replaces: null })).toThrow("/replaces");
    expect(() => read(ENTRIES.remark, { replaces: b32(7) })).not.toThrow();
    expect(() => read(ENTRIES.remark, { on: "2026-02-30" })).toThrow("/on");
  });

  it("has at most 256 KiB, also a translation", () => {
    expect(recordLimit("chronicle-record")).toBe(262_144);
    expect(() => read({ ...translation, body: "я".repeat(100_000) })).not.toThrow();
    expect(() => read({ ...translation, body: "字".repeat(100_000) })).toThrow();
  });
});

describe("a leaf of the chronicle", () => {
  const of = { type: "chronicle", workforce: b32(1), letter: b32(2), record: b32(3) } as const;
  const leaf = (kind: ChronicleKind, by: number, change: object = {}) => ({
    ...of,
    v: 1,
    day: "2026-05-05",
    kind,
    replaces: kind === "removal" ? b32(7) : null,
    by: signers.slice(0, by).map((signer) => signRecord(of, signer)),
    ...change,
  });
  const taken = (value: object) => () => parseLeaf(encodeLeaf(value as Leaf));

  it("is signed by two organisers for a translation and a mirror, and by one for all else", () => {
    expect(CHRONICLE_KINDS.filter((kind) => entryOrganisers(kind) === 2)).toEqual(["mirror", "translation"]);
    for (const kind of CHRONICLE_KINDS) {
      expect(taken(leaf(kind, 0)), kind).toThrow("/by");
      expect(taken(leaf(kind, 2)), kind).not.toThrow();
      if (entryOrganisers(kind) === 2) expect(taken(leaf(kind, 1)), kind).toThrow("/by");
      else expect(taken(leaf(kind, 1)), kind).not.toThrow();
    }
  });

  it("names what a removal takes back", () => {
    expect(taken(leaf("removal", 1, { replaces: null }))).toThrow("/replaces");
  });

  it("bears signatures that are for no other kind of leaf", async () => {
    const { by } = leaf("remark", 2);
    expect(await verifyRecord(of, by)).toBe(true);
    expect(await verifyRecord({ ...of, type: "dealings" }, by)).toBe(false);
    expect(await verifyRecord({ ...of, record: b32(4) }, by)).toBe(false);
  });
});

describe("the place of an entry", () => {
  const place = (kind: ChronicleKind, language: string | null = null): EntryPlace => ({ kind, language });
  const unread: EntryPlace = { kind: "translation", language: undefined };
  const inForce = new Map([
    ["remark", place("remark")],
    ["topics", place("topics")],
    ["fr", place("translation", "fr")],
    ["withheld", unread],
  ]);
  const wrong = (of: EntryPlace, replaces: string | null) =>
    whatIsWrongWithPlace({ ...of, replaces }, inForce);

  it("is free, or another's of its kind that is in force", () => {
    expect(wrong(place("report"), null)).toBeNull();
    expect(wrong(place("remark"), "remark")).toBeNull();
    expect(wrong(place("report"), "remark")).toContain("replaces a remark");
    expect(wrong(place("remark"), "gone")).toContain("in force");
    for (const record of inForce.keys()) expect(wrong(place("removal"), record), record).toBeNull();
    expect(wrong(place("removal"), "gone")).toContain("in force");
  });

  it("is one for topics, and one for each language", () => {
    expect(wrong(place("topics"), null)).toContain("topics already");
    expect(wrong(place("topics"), "topics")).toBeNull();
    expect(wrong(place("translation", "fr"), null)).toContain("already");
    expect(wrong(place("translation", "fr"), "fr")).toBeNull();
    expect(wrong(place("translation", "de"), null)).toBeNull();
    expect(wrong(place("translation", "de"), "fr")).toContain("another language");
  });

  it("is not compared with what cannot be read", () => {
    expect(wrong(place("translation", "de"), "withheld")).toBeNull();
    expect(wrong(unread, "fr")).toBeNull();
    expect(wrong(unread, null)).toBeNull();
    expect(wrong(place("translation", "fr"), "withheld")).toContain("already");
    expect(wrong(place("remark"), "withheld")).toContain("replaces a translation");
  });

  it("that a board grants with all records is granted by who lacks some of them", () => {
    const languages = fc.constantFrom("fr", "de");
    const entries = fc.array(
      fc.record({
        kind: fc.constantFrom<ChronicleKind>("remark", "topics", "translation", "removal"),
        language: languages,
        replaces: fc.option(fc.nat(9)),
        hidden: fc.boolean(),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(entries, (list) => {
        const all = new Map<string, EntryPlace>();
        const some = new Map<string, EntryPlace>();
        list.forEach(({ kind, language, replaces, hidden }, i) => {
          const entry = {
            kind,
            language: kind === "translation" ? language : null,
            replaces: replaces === null ? null : `${replaces}`,
          };
          if (whatIsWrongWithPlace(entry, all) !== null) return;
          const seen = kind === "translation" && hidden ? { ...entry, language: undefined } : entry;
          expect(whatIsWrongWithPlace(seen, some)).toBeNull();
          for (const [known, of] of [
            [all, entry],
            [some, seen],
          ] as const) {
            if (entry.replaces !== null) known.delete(entry.replaces);
            if (kind !== "removal") known.set(`${i}`, of);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it("compares languages in lower case", () => {
    expect(placeOf(translation)).toEqual({ kind: "translation", language: "pt-br" });
    expect(placeOf(ENTRIES.remark)).toEqual({ kind: "remark", language: null });
  });
});

describe("a translation", () => {
  const manifest = {
    language: "en",
    demands: [{ id: "stop" }],
    supplement: { claims: [{ id: "one" }] },
  } as LetterManifest;
  const wrong = (change: Partial<TranslationEntry>, of: Partial<LetterManifest> = {}) =>
    whatIsWrongWithTranslation({ ...translation, ...change }, { ...manifest, ...of });
  const [demand] = translation.demands;

  it("has the parts of its letter, in their order, and another language", () => {
    expect(wrong({})).toBeNull();
    expect(wrong({ language: "EN" })).toContain("language");
    expect(wrong({ language: "en-GB" })).toBeNull();
    expect(wrong({ demands: [] })).toContain("demands");
    expect(wrong({ demands: [{ ...demand!, id: "go" }] })).toContain("demands");
    expect(wrong({ demands: [demand!, { ...demand!, id: "go" }] })).toContain("demands");
    const two = [{ id: "go" }, { id: "stop" }] as LetterManifest["demands"];
    expect(wrong({ demands: [demand!, { ...demand!, id: "go" }] }, { demands: two })).toContain("demands");
    expect(wrong({ supplement: null })).toContain("supplement");
    expect(wrong({}, { supplement: null })).toContain("supplement");
    expect(wrong({ supplement: { title: "s", claims: [{ id: "two", text: "x" }] } })).toContain("claims");
  });
});

it("what is told has happened on the day after its leaf at the latest, since days differ around the world", () => {
  expect(canHaveHappened("2026-05-05", "2026-05-05")).toBe(true);
  expect(canHaveHappened("2026-05-06", "2026-05-05")).toBe(true);
  expect(canHaveHappened("2026-05-07", "2026-05-05")).toBe(false);
  expect(canHaveHappened("2001-01-01", "2026-05-05")).toBe(true);
});
