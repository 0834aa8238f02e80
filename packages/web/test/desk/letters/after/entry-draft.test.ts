/** Entries of the chronicle as they are typed: each kind becomes what the formats take, and what a correction begins with. */
import {
  type ChronicleEntry,
  type ChronicleRecord,
  encodeRecord,
  type LetterManifest,
  parseRecord,
  whatIsWrongWithTranslation,
} from "@undersigned/core";
import { describe, expect, test } from "vitest";
import { LogBuilder } from "../../../../../../test/kit/log-builder.ts";
import { EMPTY_SOURCE } from "../../../../src/islands/desk/letters/after/source-draft.ts";
import { type Entry, isBehind } from "../../../../src/islands/desk/letters/after/timeline/entries.ts";
import {
  checkEntry,
  draftOfEntry,
  EMPTY_ENTRY,
  type EntryDraft,
  entryRecord,
} from "../../../../src/islands/desk/letters/after/timeline/entry-draft.ts";
import { partsOf } from "../../../../src/islands/desk/letters/after/timeline/translation-draft.ts";

const TODAY = "2026-05-10";
const of = { workforce: `${"w".repeat(42)}A`, letter: `${"c".repeat(42)}A` };
const hash = (letter: string) => `${letter.repeat(42)}A`;
const SOURCE = { ...EMPTY_SOURCE, title: "A page", publisher: "A paper", url: "https://example.com/a" };

function letterManifest(): LetterManifest {
  const log = new LogBuilder({ registrars: 1, quorum: 1 });
  log.addEpoch();
  let made: LetterManifest | null = null;
  log.addLetter({
    manifest: (manifest) => {
      manifest.supplement = {
        title: "What we know",
        claims: [{ id: "first", text: "It is so.", sources: [SOURCE] }],
      };
      made = manifest;
    },
  });
  return made!;
}
const manifest = letterManifest();
const texts = Object.fromEntries(partsOf(manifest).map(({ name }) => [name, ` Texto de ${name}. `]));

const DRAFTS = {
  report: { text: "In the news.\r\nTwice.", on: TODAY, source: SOURCE },
  statement: { text: "We stand by it.", on: "2026-01-02", source: SOURCE },
  remark: { text: "We go on.", on: TODAY },
  figure: { what: "people at the rally", value: "1,200.5", unit: "", on: TODAY, source: SOURCE },
  elsewhere: {
    title: "Another letter",
    organisation: "Example Ltd",
    follows: `https://board.example.com/fr/w/${of.workforce}/letters/${of.letter}/timeline#x`,
    on: TODAY,
    source: SOURCE,
  },
  mirror: { url: " https://mirror.example.com/ " },
  topics: { topics: "pay\nworking hours\n\npay" },
  translation: { language: "es", texts },
} satisfies { readonly [kind: string]: Partial<EntryDraft> };
const kinds = Object.keys(DRAFTS) as (keyof typeof DRAFTS)[];
const draftOf = (kind: keyof typeof DRAFTS, change: Partial<EntryDraft> = {}): EntryDraft => ({
  ...EMPTY_ENTRY,
  kind,
  ...DRAFTS[kind],
  ...change,
});
const errorsOf = (kind: keyof typeof DRAFTS, change: Partial<EntryDraft>) =>
  Object.keys(checkEntry(draftOf(kind, change), manifest, TODAY).errors ?? {});

function recordOf(kind: keyof typeof DRAFTS, change: Partial<EntryDraft> = {}): ChronicleRecord {
  const { told, on } = checkEntry(draftOf(kind, change), manifest, TODAY);
  if (told === null) throw new Error("does not fit");
  return entryRecord(of, on, told, null);
}

describe("a draft", () => {
  test.each(kinds)(
    "of a %s becomes a record as the formats have it, and a correction begins with it",
    (kind) => {
      const record = recordOf(kind);
      expect(parseRecord("chronicle-record", encodeRecord(record))).toEqual(record);
      expect(checkEntry(draftOfEntry(record), manifest, TODAY)).toEqual({
        told: record.entry,
        on: record.on,
        errors: null,
      });
      expect(recordOf(kind).salt).not.toBe(record.salt);
    },
  );

  test("of no kind asks for one, and an empty one of each kind says what is missing beside each field", () => {
    expect(Object.keys(checkEntry(EMPTY_ENTRY, manifest, TODAY).errors!)).toEqual(["kind"]);
    const missing = (kind: keyof typeof DRAFTS) =>
      Object.keys(checkEntry({ ...EMPTY_ENTRY, kind }, manifest, TODAY).errors!).sort();
    expect(missing("report")).toEqual(["on", "source", "text"]);
    expect(missing("remark")).toEqual(["on", "text"]);
    expect(missing("figure")).toEqual(["on", "source", "value", "what"]);
    expect(missing("elsewhere")).toEqual(["on", "organisation", "source", "title"]);
    expect(missing("mirror")).toEqual(["url"]);
    expect(missing("topics")).toEqual(["topics"]);
    expect(missing("translation")).toEqual(["language", "texts"]);
  });

  test("is of a day that has come, or is here somewhere on earth", () => {
    expect(errorsOf("remark", { on: "2026-05-11" })).toEqual([]);
    expect(errorsOf("remark", { on: "2026-05-12" })).toEqual(["on"]);
    expect(recordOf("mirror").on).toBe(TODAY);
  });

  test.each(["javascript:alert(1)", "mirror.example.com", "https://mirror.example.com/?a=1", "https://a b"])(
    "of a mirror at %s is none",
    (url) => expect(errorsOf("mirror", { url })).toEqual(["url"]),
  );

  test("takes an amount that can be read in one way only, a letter's address, and ten topics", () => {
    expect(recordOf("figure").entry).toMatchObject({ value: "1200.5", unit: null });
    expect(errorsOf("figure", { value: "1,5" })).toEqual(["value"]);
    expect(recordOf("elsewhere").entry).toMatchObject({ follows: of });
    expect(recordOf("elsewhere", { follows: "" }).entry).toMatchObject({ follows: null });
    expect(errorsOf("elsewhere", { follows: "https://example.com/" })).toEqual(["follows"]);
    expect(recordOf("topics").entry).toMatchObject({ topics: ["pay", "working hours"] });
    const eleven = Array.from({ length: 11 }, (_, i) => `topic ${i}`).join("\n");
    expect(errorsOf("topics", { topics: eleven })).toEqual(["topics"]);
  });
});

describe("a translation", () => {
  test("has the letter's parts in its order, and takes nothing that the letter does not have", () => {
    const entry = recordOf("translation", { texts: { ...texts, "demand.other.title": "More" } }).entry;
    expect(entry.kind === "translation" && whatIsWrongWithTranslation(entry, manifest)).toBe(null);
    expect(JSON.stringify(entry)).not.toContain("More");
  });

  test("says which part is not translated, and that the letter's own language is none", () => {
    const { name } = partsOf(manifest).at(-1)!;
    const checked = checkEntry(draftOf("translation", { texts: { ...texts, [name]: " " } }), manifest, TODAY);
    expect(Object.keys(checked.errors!.texts!)).toEqual([name]);
    expect(errorsOf("translation", { language: manifest.language.toUpperCase() })).toEqual(["language"]);
    expect(errorsOf("translation", { language: "no language" })).toEqual(["language"]);
  });
});

describe("an entry is behind", () => {
  const logged = (record: ChronicleRecord, name: string, more: Partial<Entry> = {}): Entry => ({
    leaf: {
      type: "chronicle",
      v: 1,
      ...of,
      day: TODAY,
      kind: record.entry.kind,
      replaces: null,
      record: hash(name),
      by: [],
    },
    index: 9,
    record,
    withheld: null,
    replacedBy: null,
    ...more,
  });
  const spanish = logged(recordOf("translation"), "s");
  const replacing = (entry: ChronicleEntry, replaces: string | null) =>
    entryRecord(of, TODAY, entry, replaces);

  test("where what it replaces is gone, or what can be there once is there already", () => {
    const { entry } = recordOf("translation");
    expect(isBehind(replacing(entry, null), [])).toBe(false);
    expect(isBehind(replacing(entry, null), [spanish])).toBe(true);
    expect(isBehind(replacing(entry, hash("s")), [spanish])).toBe(false);
    expect(isBehind(replacing(entry, hash("s")), [{ ...spanish, replacedBy: 10 }])).toBe(true);
    expect(isBehind(recordOf("translation", { language: "fr" }), [spanish])).toBe(false);
    expect(isBehind(recordOf("topics"), [logged(recordOf("topics"), "t")])).toBe(true);
  });

  test("never for a translation into a language that nobody can read any more", () => {
    const withheld = { ...spanish, record: null };
    expect(isBehind(recordOf("translation"), [withheld])).toBe(false);
    expect(isBehind(replacing({ kind: "removal", reason: "Wrong." }, hash("s")), [withheld])).toBe(false);
  });
});
