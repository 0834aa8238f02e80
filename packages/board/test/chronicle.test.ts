/** The chronicle: entries that organisers log of a letter at any time, replace, take back and withhold. */
import {
  addDays,
  CHRONICLE_KINDS,
  type ChronicleEntry,
  encodeBase64url,
  encodeRecord,
  entryOrganisers,
  type JsonValue,
  sha256,
  utf8Encode,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { copyPath, recordPath, withheldPath } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { letterAfterClosing, publicSite } from "../src/index.ts";
import { Afterwards, hash, hashOf, second, source, stranger } from "./afterwards.ts";

const report: ChronicleEntry = { kind: "report", text: "It is in the news.", source: source() };
const remark: ChronicleEntry = { kind: "remark", text: "We go on.", source: null };
const topics: ChronicleEntry = { kind: "topics", topics: ["aviation", "climate"] };
const mirror: ChronicleEntry = { kind: "mirror", url: "https://mirror.example.com" };
const removal: ChronicleEntry = { kind: "removal", reason: "It was another letter." };
const figure: ChronicleEntry = {
  kind: "figure",
  what: "Share price",
  value: "-2.5",
  unit: "%",
  source: source(),
};
const elsewhere: ChronicleEntry = {
  kind: "elsewhere",
  title: "Another letter",
  organisation: "Another Ltd",
  source: source(),
  follows: null,
};

type Step = readonly [code: string, act: () => Promise<unknown>];

async function allRefused({ kit }: Afterwards, steps: readonly Step[]): Promise<void> {
  const { size } = await kit.index();
  for (const [code, act] of steps) await expect(act()).rejects.toEqual(expect.objectContaining({ code }));
  expect((await kit.index()).size).toBe(size);
}

eachDatabase("an open letter", (database) => {
  it("has entries of every kind in its log, each once, and the recount shows which are in force", async () => {
    const after = await Afterwards.published({}, { databaseUrl: await database.freshUrl() });
    const { kit, letter } = after;
    const { size } = await kit.index();
    const one = [kit.opener];
    const reported = after.entry(report);
    const french = after.translation("fr");
    const corrected = after.translation("FR", hashOf(french));
    const entries = [
      reported,
      after.entry(remark),
      after.entry({ ...report, kind: "statement" }),
      after.entry(figure),
      after.entry(elsewhere),
      after.entry(topics),
      after.entry(mirror),
      french,
      corrected,
      after.translation("ar"),
      after.entry(removal, { replaces: hashOf(reported) }),
    ];
    expect(new Set(entries.map(({ entry }) => entry.kind))).toEqual(new Set(CHRONICLE_KINDS));
    const log = (record: (typeof entries)[number]) =>
      after.log(record, entryOrganisers(record.entry.kind) === 1 ? one : undefined);
    const answers: Awaited<ReturnType<typeof log>>[] = [];
    for (const record of entries) answers.push(await log(record));
    expect(answers.map(({ index }) => index)).toEqual(entries.map((_, i) => size + i));
    for (const [i, record] of entries.entries()) expect(await log(record)).toEqual(answers[i]);

    expect((await kit.index()).letters[0]!.chronicle).toEqual(answers.map(({ index }) => index));
    expect((await kit.leaves()).slice(size)).toMatchObject(
      entries.map(({ entry, replaces }) => ({ type: "chronicle", kind: entry.kind, replaces })),
    );
    for (const record of entries)
      expect(await kit.file(recordPath(hashOf(record)))).toEqual(encodeRecord(record));
    expect(kit.events().at(-1)).toMatchObject({
      event: "record-logged",
      slot: letter.slot,
      kind: "chronicle",
    });
    const { inForce, judged, dealings } = await letterAfterClosing(kit.board.internals.database.db, after.of);
    expect([...inForce.keys()]).toEqual(
      entries.filter((record) => ![reported, french, entries.at(-1)].includes(record)).map(hashOf),
    );
    expect([judged.size, dealings]).toEqual([0, null]);

    const [recounted] = (await kit.recounted()).letters;
    expect(recounted!.state).toBe("open");
    expect(recounted!.chronicle.map(({ entry }) => entry)).toEqual(entries);
    expect(recounted!.chronicle.map(({ replacedBy }) => replacedBy)).toEqual(
      entries.map((record) => {
        if (record === reported) return answers.at(-1)!.index;
        return record === french ? answers[entries.indexOf(corrected)]!.index : null;
      }),
    );
  });

  it("keeps the place of a translation that was withheld, so that whoever has its text still and whoever has not agree", async () => {
    const after = await Afterwards.published({}, { databaseUrl: await database.freshUrl() });
    const { kit } = after;
    const [first, german] = [after.translation("fr"), after.translation("de")];
    const answer = await after.log(first);
    await after.log(german);
    // Whoever has made something of records learns that one is gone.
    const withheld = () => publicSite(kit.board.internals).withheld();
    expect(await withheld()).toBe(0);
    expect(await after.withhold(hashOf(first))).toEqual(answer);
    expect(await after.withhold(hashOf(first))).toEqual(answer);
    expect(await withheld()).toBe(1);
    expect(await kit.file(recordPath(hashOf(first)))).toBeNull();
    expect(await kit.file(withheldPath(hashOf(first)))).not.toBeNull();
    await allRefused(after, [
      ["record-behind", () => after.log(after.translation("fr"))],
      ["record-behind", () => after.log(after.translation("es", hashOf(first)))],
      ["record-behind", () => after.log(after.translation("fr", hashOf(german)))],
    ]);
    await after.log(after.translation("fr", hashOf(first)));
    const [letter] = (await kit.recounted()).letters;
    expect(letter!.chronicle).toMatchObject([
      { entry: null, withheld: { reason: "names-people" }, replacedBy: letter!.chronicle[2]!.leaf },
      { entry: { entry: { language: "de" } }, replacedBy: null },
      { entry: { entry: { language: "fr" } }, replacedBy: null },
    ]);
  });
});

describe("an entry", () => {
  it("is refused by too few, strangers and removed organisers, and with signatures over something else", async () => {
    const after = await Afterwards.published();
    const { kit } = after;
    const one = [kit.opener];
    const log = (body: unknown) => kit.board.logRecord(kit.workforce, body as JsonValue);
    const record = after.entry(remark);
    const request = after.recordRequest(record) as Record<string, JsonValue>;
    await allRefused(after, [
      ["too-few-organisers", () => after.log(after.entry(mirror), one)],
      ["too-few-organisers", () => after.log(after.translation("fr"), one)],
      ["bad-field", () => after.log(after.translation("fr"), [...one, ...one])],
      ["bad-field", async () => log({ ...request, by: [] })],
      ["not-an-organiser", () => after.log(record, [stranger])],
      ["not-an-organiser", () => after.log(after.entry(mirror), [...one, stranger])],
      ["letter-unknown", () => after.log(after.entry(remark, { letter: hash() }))],
      ["signature-invalid", () => after.log(after.entry(remark, { workforce: hash() }))],
      ["signature-invalid", async () => log(after.recordRequest(record, undefined, { type: "dealings" }))],
      ["signature-invalid", async () => log(after.recordRequest(record, undefined, { record: hash() }))],
      ["signature-invalid", async () => log({ ...request, record: { ...record, entry: topics } })],
      ["bad-field", () => after.log(after.entry(removal))],
    ]);
    Object.assign(kit.board.internals, { refusesKey: async (key: string) => key === second.publicKey });
    await allRefused(after, [["key-refused", () => after.log(record)]]);
  });

  it("is refused of days to come, in a place that is taken or gone, and as a translation of another text", async () => {
    const after = await Afterwards.published();
    const { kit } = after;
    const today = kit.clock.day();
    const [first, labels, french] = [after.entry(remark), after.entry(topics), after.translation("fr")];
    for (const record of [first, labels, french]) await after.log(record);
    const taken = after.entry(removal, { replaces: hashOf(first) });
    await after.log(taken);
    const language = after.letter.manifest.language.toUpperCase();
    const { entry } = french as { entry: ChronicleEntry & { demands: object[] } };
    const of = (change: object) => after.log(after.entry({ ...entry, language: "pt", ...change } as never));
    await allRefused(after, [
      ["entry-days", () => after.log(after.entry(remark, { on: addDays(today, 2) }))],
      ["record-behind", () => after.log(after.entry(remark, { replaces: hashOf(first) }))],
      ["record-behind", () => after.log(after.entry(removal, { replaces: hashOf(first) }))],
      ["record-behind", () => after.log(after.entry(removal, { replaces: hashOf(taken) }))],
      ["record-behind", () => after.log(after.entry(removal, { replaces: hash() }))],
      ["record-behind", () => after.log(after.entry(topics))],
      ["record-behind", () => after.log(after.entry(remark, { replaces: hashOf(labels) }))],
      ["record-behind", () => after.log(after.translation("Fr"))],
      ["record-behind", () => after.log(after.translation("de", hashOf(french)))],
      ["entry-mismatch", () => of({ language })],
      ["entry-mismatch", () => of({ demands: entry.demands.slice(1) })],
      ["entry-mismatch", () => of({ demands: entry.demands.toReversed() })],
      ["entry-mismatch", () => of({ supplement: { title: "s", claims: [{ id: "a", text: "t" }] } })],
    ]);
    await after.log(after.entry(remark, { on: addDays(today, 1) }));
    await after.log(after.entry(remark, { on: "2001-01-01" }));
    await of({});
    await after.kit.recounted();
  });

  it("that is withheld takes the copy of its source along, and stays so", async () => {
    const copy = utf8Encode("%PDF-1.7 a copy of the report");
    const name = encodeBase64url(sha256(copy));
    const after = await Afterwards.published();
    const { kit, of } = after;
    const [first, other] = [1, 2].map(() =>
      after.entry({ ...report, source: source(name) } as ChronicleEntry),
    );
    for (const record of [first!, other!]) await after.log(record);
    await kit.board.publishCopies({ ...of, copies: [copy] });
    await after.withhold(hashOf(first!));
    expect(await kit.file(copyPath(name))).toEqual(copy);
    await after.withhold(hashOf(other!));
    expect(await kit.file(copyPath(name))).toBeNull();
    await after.log(first!);
    expect(await kit.file(recordPath(hashOf(first!)))).toBeNull();
    await kit.recounted();
  });
});
