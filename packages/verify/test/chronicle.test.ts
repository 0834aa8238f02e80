/** The chronicle (PROTOCOL §4 rule 14): what is in force, what is not compared where records are gone, and each rule broken once. */
import type { ChronicleEntry, ChronicleLeaf, ChronicleRecord, RemarkEntry, Signer } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { enterChronicle, SOURCE, withhold } from "../../../test/kit/further-leaves.ts";
import { editJson } from "../../../test/kit/public-files.ts";
import { bundleSource, furtherOf, makeBundle, openWorkforce, recount } from "../src/index.ts";
import { failures, LogBuilder, memorySource, recountFiles, recountLog } from "./helpers.ts";

const DAY = "2026-03-05";
const NEXT = "2026-03-06";

const REMARK: RemarkEntry = { kind: "remark", text: "We go on.", source: null };
const REPORT: ChronicleEntry = { kind: "report", text: "It is in the news.", source: SOURCE };
const MIRROR: ChronicleEntry = { kind: "mirror", url: "https://mirror.example.com" };
const TOPICS: ChronicleEntry = { kind: "topics", topics: ["work"] };
const REMOVAL: ChronicleEntry = { kind: "removal", reason: "It was another letter." };

/** An open letter that nobody has signed, and how entries come into its log. */
function openLetter({ isPublic = true } = {}) {
  const log = new LogBuilder();
  log.addEpoch();
  const { letter: id } = log.addLetter({ public: isPublic });
  const enter = (
    entry: ChronicleEntry,
    of: Partial<ChronicleRecord> & {
      day?: string;
      by?: readonly Signer[];
      leaf?: Partial<ChronicleLeaf>;
    } = {},
  ) => {
    const { day = DAY, by = log.organisers, leaf = {}, ...record } = of;
    return enterChronicle(log, id, {
      day,
      by,
      edit: (value) => Object.assign(value, { entry, ...record }),
      leaf: (value) => Object.assign(value, leaf),
    });
  };
  const translation = (language: string, change: object = {}): ChronicleEntry => ({
    kind: "translation",
    language,
    title: "t",
    body: "b",
    demands: [{ id: "stop", title: "t", text: "x", met: "m" }],
    supplement: null,
    ...change,
  });
  return { log, id, enter, translation, one: [log.organisers[0]!], stranger: log.signer("a stranger") };
}

/** All but `index-wrong`, which follows from each: the index names the leaf, and it is not counted. */
async function found(log: LogBuilder): Promise<string[]> {
  return failures(await recountLog(log)).filter((failure) => !failure.startsWith("index-wrong"));
}

/** Entries with corrections, a removal and a translation that was withheld. */
function chronicled() {
  const set = openLetter();
  const { log, enter, translation, one } = set;
  const report = enter(REPORT, { by: one });
  const remark = enter(REMARK, { by: one, on: "2020-01-01" });
  const corrected = enter({ ...REMARK, text: "We go on and on." }, { replaces: remark.record, by: one });
  const french = enter(translation("fr"));
  const removal = enter(REMOVAL, { replaces: report.record, day: NEXT, by: one });
  withhold(log, french.record, NEXT);
  const again = enter(translation("fr"), { replaces: french.record, day: NEXT });
  return { ...set, report, remark, corrected, french, removal, again };
}

describe("a chronicle", () => {
  it("is reported in the log's order, each entry with what has taken its place", async () => {
    const { log, report, remark, corrected, french, removal, again, one } = chronicled();
    const recounted = await recountLog(log);
    expect(failures(recounted)).toEqual([]);
    const rest = { withheld: null, replacedBy: null };
    expect(recounted.letters[0]!.chronicle).toMatchObject([
      {
        leaf: report.index,
        day: DAY,
        kind: "report",
        record: report.record,
        entry: { entry: REPORT },
        by: [one[0]!.publicKey],
        replacedBy: removal.index,
      },
      { leaf: remark.index, entry: { on: "2020-01-01" }, replacedBy: corrected.index },
      { leaf: corrected.index, replaces: remark.record, ...rest },
      {
        leaf: french.index,
        kind: "translation",
        entry: null,
        withheld: { day: NEXT, reason: "names-people" },
        replacedBy: again.index,
      },
      { leaf: removal.index, kind: "removal", replaces: report.record, ...rest },
      { leaf: again.index, entry: { entry: { language: "fr" } }, ...rest },
    ]);
    expect(recounted.notChecked.map(({ message }) => message).join("\n")).toContain(
      "That what the chronicle of letter",
    );
  });

  it("is shown to a client, and what is wrong is left out and listed", async () => {
    const { log, id, again, enter, stranger } = chronicled();
    const wrong = enter(REMARK, { by: [stranger], day: NEXT });
    const view = await openWorkforce(memorySource(await log.files()), log.workforce, {
      further: furtherOf("all"),
    });
    const { chronicle, refused } = view.letters.get(id)!.further!;
    expect(chronicle.map(({ record }) => record?.entry.kind ?? null)).toEqual([
      "report",
      "remark",
      "remark",
      null,
      "removal",
      "translation",
    ]);
    expect(chronicle.at(-1)).toMatchObject({ index: again.index, withheld: null, replacedBy: null });
    expect(chronicle[3]).toMatchObject({ withheld: { reason: "names-people" }, replacedBy: again.index });
    expect(refused).toMatchObject([{ code: "organiser-signatures", leaf: wrong.index }]);
  });

  it("is in a bundle, which recounts alike and hands nothing on that was withheld", async () => {
    const { log, french } = chronicled();
    const files = await log.files();
    const lying = new TextEncoder().encode("what was withheld, on a mirror that has kept it");
    files.set(`records/${french.record}.json`, lying);
    const bundle = bundleSource(await makeBundle(memorySource(files), log.workforce));
    expect(await bundle.read(`records/${french.record}.json`, 1000)).toBeNull();
    expect(await bundle.read(`withheld/${french.record}.json`, 1000)).not.toBeNull();
    const { letters } = await recount(bundle, { workforce: log.workforce });
    expect(letters[0]!.chronicle).toEqual((await recountLog(log)).letters[0]!.chronicle);
  });

  it("of a letter whose text is not public compares no translation with it, and says whose keys it does not know", async () => {
    const { log, enter, translation, stranger } = openLetter({ isPublic: false });
    enter(translation("fr", { demands: [] }), { by: [...log.organisers, stranger] });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.notChecked.map(({ message }) => message).join("\n")).toContain(
      "That those who signed what became of letter",
    );
  });

  it("whose records are all gone keeps its order, and it is said that they are not there", async () => {
    const { log, report, removal } = chronicled();
    for (const path of [...log.documents.keys()]) if (path.startsWith("records/")) log.documents.delete(path);
    const recounted = await recountLog(log);
    expect(failures(recounted)).toEqual([]);
    expect(recounted.letters[0]!.chronicle[0]).toMatchObject({
      leaf: report.index,
      entry: null,
      withheld: null,
      replacedBy: removal.index,
    });
    expect(recounted.notChecked.map(({ message }) => message).join("\n")).toContain(
      "What 5 entries of the chronicle of letter",
    );
  });

  it("is the same for who has kept a withheld text and for who has not", async () => {
    const { log, french, again } = chronicled();
    log.documents.delete(`withheld/${french.record}.json`);
    const without = await recountLog(log);
    expect(failures(without)).toEqual([]);
    expect(without.letters[0]!.chronicle[3]).toMatchObject({ withheld: null, replacedBy: again.index });
  });
});

describe("an entry is refused", () => {
  it.each<[string, ChronicleEntry, Partial<ChronicleLeaf>]>([
    ["a mirror", MIRROR, {}],
    ["a mirror that its leaf calls a remark", MIRROR, { kind: "remark" }],
  ])("of one organiser alone: %s", async (_, entry, leaf) => {
    const { log, enter, one } = openLetter();
    const { index } = enter(entry, { by: one, leaf });
    expect(await found(log)).toEqual([`${leaf.kind ? "record-wrong" : "leaf-malformed"} ${index}`]);
  });

  it("by a stranger, backdated, a second time, and with signatures of another kind of leaf", async () => {
    const { log, enter, one, stranger } = openLetter();
    const strangers = enter(REMARK, { by: [...one, stranger] });
    const first = enter(REMARK, { day: NEXT, on: DAY });
    const backdated = enter(REMARK);
    const again = log.append(JSON.parse(new TextDecoder().decode(log.entries[first.index])));
    expect(await found(log)).toEqual([
      `organiser-signatures ${strangers.index}`,
      `record-days ${backdated.index}`,
      `record-repeated ${again}`,
    ]);
  });

  it.each<[string, ChronicleEntry, Partial<ChronicleRecord>, Partial<ChronicleLeaf>]>([
    ["of the day after tomorrow", REMARK, { on: "2026-03-07" }, {}],
    ["whose leaf says another kind", REPORT, {}, { kind: "statement" }],
    ["that replaces what never was", REMARK, { replaces: "A".repeat(43) }, { replaces: "A".repeat(43) }],
    ["that takes back what never was", REMOVAL, { replaces: "A".repeat(43) }, { replaces: "A".repeat(43) }],
    ["of another workforce", REMARK, { workforce: "A".repeat(43) }, {}],
    ["without the source that it must have", { ...REPORT, source: null } as never, {}, {}],
  ])("%s", async (_, entry, record, leaf) => {
    const { log, enter } = openLetter();
    const { index } = enter(entry, { ...record, leaf });
    expect(new Set(await found(log))).toEqual(new Set([`record-wrong ${index}`]));
  });

  it("whose record replaces another entry than its leaf says", async () => {
    const { log, enter } = openLetter();
    const { record } = enter(REMARK);
    const silent = enter(REMARK, { replaces: record, leaf: { replaces: null } });
    const loud = enter(REMARK, { leaf: { replaces: record } });
    expect(await found(log)).toEqual([silent, loud].map(({ index }) => `record-wrong ${index}`));
  });

  it("in a place that is taken, gone or of another kind", async () => {
    const { log, enter, translation } = openLetter();
    const remark = enter(REMARK);
    const removal = enter(REMOVAL, { replaces: remark.record });
    enter(TOPICS);
    const french = enter(translation("fr-CA"));
    const wrong = [
      enter(REMARK, { replaces: remark.record }),
      enter(REMOVAL, { replaces: removal.record }),
      enter(REMARK, { replaces: french.record }),
      enter({ ...TOPICS, topics: ["other"] } as ChronicleEntry),
      enter(translation("FR-ca")),
      enter(translation("de"), { replaces: french.record }),
    ];
    expect(await found(log)).toEqual(wrong.map(({ index }) => `record-wrong ${index}`));
  });

  it("as a translation of another text, or into the letter's own language", async () => {
    const { log, enter, translation } = openLetter();
    const more = { id: "more", title: "t", text: "x", met: "m" };
    const supplement = { title: "s", claims: [{ id: "a", text: "x" }] };
    const wrong = [
      enter(translation("fr", { demands: [more] })),
      enter(translation("fr", { supplement })),
      enter(translation("EN")),
    ];
    expect(await found(log)).toEqual(wrong.map(({ index }) => `record-wrong ${index}`));
  });

  it("with other words than its hash, and is then not in force", async () => {
    const { log, enter } = openLetter();
    const { index, record } = enter(REMARK);
    const after = enter(REMOVAL, { replaces: record });
    const files = await log.files();
    editJson(files, `records/${record}.json`, (value) => Object.assign(value.entry, { text: "We give up." }));
    const codes = failures(await recountFiles(files, log));
    expect(codes).toContain(`record-wrong ${index}`);
    expect(codes).toContain(`record-wrong ${after.index}`);
  });

  it("of a letter that was never opened, or within a batch", async () => {
    const { log } = openLetter();
    const { index } = enterChronicle(log, log.salt("no letter"), { day: DAY, by: log.organisers });
    expect(await found(log)).toEqual([`letter-unknown ${index}`]);
  });
});

it("an index that leaves an entry out or invents one is named, and a client does not follow it", async () => {
  const { log, id, report } = chronicled();
  const files = await log.files();
  editJson(files, "index.json", (index) => {
    index.letters[0].chronicle.pop();
  });
  expect(failures(await recountFiles(files, log))).toEqual(["index-wrong -"]);
  editJson(files, "index.json", (index) => {
    index.letters[0].chronicle = [report.index - 1];
  });
  const opened = openWorkforce(memorySource(files), log.workforce, { further: furtherOf({ letter: id }) });
  await expect(opened).rejects.toMatchObject({ code: "index-wrong" });
});
