/** What becomes of a letter (PROTOCOL §4 rules 13 and 14): each rule broken once is named, and what is wrong is not reported as said. */
import { describe, expect, it } from "vitest";
import {
  answerByMail,
  changeDealings,
  deliver,
  enterStatement,
  judge,
  NONCE,
  withhold,
} from "../../../test/kit/further-leaves.ts";
import { editJson } from "../../../test/kit/public-files.ts";
import { bundleSource, furtherOf, makeBundle, openWorkforce, recount } from "../src/index.ts";
import {
  CLOSING_DAY,
  endorsements,
  FIRST_DAY,
  failures,
  LogBuilder,
  memorySource,
  recountFiles,
  recountLog,
} from "./helpers.ts";

const HANDED_OVER = "2026-05-04";
const LATER = "2026-05-09";

/** A closed letter to `answers@example.com`. */
function closedLetter({ isPublic = true } = {}) {
  const log = new LogBuilder();
  log.addEpoch();
  const letter = log.addLetter({
    public: isPublic,
    manifest: (manifest) => {
      manifest.addressee.mailbox = "answers@example.com";
    },
  });
  log.addBatch(FIRST_DAY, endorsements(log, letter, 3));
  const closing = log.close(letter, CLOSING_DAY);
  const stranger = log.signer("a stranger");
  return {
    log,
    letter,
    id: letter.letter,
    closing,
    one: [log.organisers[0]!],
    two: log.organisers,
    stranger,
  };
}

/** The same with all that can be said of it. */
function wholeLife() {
  const set = closedLetter();
  const { log, id, one, two } = set;
  const delivery = deliver(log, id, { day: HANDED_OVER, by: one });
  const answer = answerByMail(log, id, { day: LATER });
  const statement = enterStatement(log, id, { day: LATER, by: one });
  const first = judge(log, id, { day: LATER, by: two });
  const second = judge(log, id, {
    day: "2026-05-10",
    by: two,
    edit: (record) =>
      Object.assign(record, { state: "promised", until: "2026-06-01", previous: first.record }),
  });
  const added = changeDealings(log, id, { day: "2026-05-10", by: one });
  const removed = changeDealings(log, id, {
    day: "2026-05-11",
    by: one,
    edit: (record) =>
      Object.assign(record, { previous: added.record, changes: [{ row: "own:engines", entry: null }] }),
  });
  return { ...set, delivery, answer, statement, first, second, added, removed };
}

describe("what becomes of a letter", () => {
  it("is reported in the log's order, with what the records say", async () => {
    const { log, delivery, answer, statement, first, second, added, removed } = wholeLife();
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    const key = log.organisers[0]!.publicKey;
    expect(report.letters[0]).toMatchObject({
      deliveries: [
        {
          leaf: delivery,
          day: HANDED_OVER,
          delivered: HANDED_OVER,
          how: "mail",
          size: delivery,
          accepted: true,
          by: [key],
        },
      ],
      responses: [
        {
          leaf: answer.index,
          kind: "mail",
          by: [],
          response: { subject: `Re: your letter ${NONCE}` },
          withheld: null,
          evidence: true,
        },
        {
          leaf: statement.index,
          kind: "statement",
          by: [key],
          response: { text: "We take this seriously." },
          evidence: false,
        },
      ],
      judgements: [
        { leaf: first.index, judgement: { demand: "stop", state: "unanswered" } },
        { leaf: second.index, judgement: { demand: "stop", state: "promised", until: "2026-06-01" } },
      ],
      dealings: [
        { leaf: added.index, rows: 1 },
        { leaf: removed.index, rows: 0 },
      ],
    });
    expect(report.letters[0]!.judgements[1]!.by).toHaveLength(2);
    expect(report.letters[0]!.sentence).toContain(
      "It was handed over on 2026-05-04 by mail; its addressee has answered by mail on 2026-05-09; organisers entered a statement on 2026-05-09.",
    );
    expect(report.notChecked.map(({ message }) => message).join("\n")).toContain("can check the mails again");
  });

  it("costs a log without such leaves no file more", async () => {
    const { log } = closedLetter();
    const asked: string[] = [];
    await recount(memorySource(await log.files(), asked), { workforce: log.workforce });
    expect(asked.filter((path) => /^(?:records|withheld|answers|documents)\//.test(path))).toEqual([]);
  });

  it("is shown to who asks for it, under the proof of each leaf, and to nobody else", async () => {
    const { log, id, delivery, second } = wholeLife();
    const source = memorySource(await log.files());
    const view = await openWorkforce(source, log.workforce, { further: furtherOf("all") });
    const further = view.letters.get(id)!.further!;
    expect(further.refused).toEqual([]);
    expect(further.deliveries.map(({ index }) => index)).toEqual([delivery]);
    expect(further.responses.map(({ record }) => record?.kind)).toEqual(["mail", "statement"]);
    expect(further.judgements.at(-1)).toMatchObject({ index: second.index, record: { state: "promised" } });
    expect(further.dealings.map(({ record, rows }) => [record.changes[0]!.row, rows])).toEqual([
      ["own:engines", 1],
      ["own:engines", 0],
    ]);
    const asked = await openWorkforce(source, log.workforce, { further: furtherOf({ letter: id }) });
    expect(asked.letters.get(id)!.further).toEqual(further);
    expect((await openWorkforce(source, log.workforce)).letters.get(id)!.further).toBeNull();
  });

  it("is in a bundle, and what was withheld is not", async () => {
    const { log, answer } = wholeLife();
    const bundle = await makeBundle(memorySource(await log.files()), log.workforce);
    const before = await recount(bundleSource(bundle), { workforce: log.workforce });
    expect(before.ok).toBe(true);
    expect(before.letters[0]!.responses[0]).toMatchObject({ evidence: true, withheld: null });
    const source = memorySource(await log.files());
    const record = await source.read(`records/${answer.record}.json`, 300_000);
    withhold(log, answer.record, "2026-05-12");
    const files = await log.files();
    // A mirror that has not forgotten it.
    files.set(`records/${answer.record}.json`, record!);
    const after = bundleSource(await makeBundle(memorySource(files), log.workforce));
    expect(await after.read(`records/${answer.record}.json`, 300_000)).toBeNull();
    expect((await recount(after, { workforce: log.workforce })).letters[0]!.responses[0]).toMatchObject({
      response: null,
      withheld: { day: "2026-05-12", reason: "names-people" },
      evidence: false,
    });
    expect(
      await after.read(`documents/${before.letters[0]!.deliveries[0]!.document}.pdf`, 9000),
    ).not.toBeNull();
  });

  it("holds without the text of an answer, which the report then lacks", async () => {
    const { log, answer } = wholeLife();
    log.documents.delete(`records/${answer.record}.json`);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]!.responses[0]).toMatchObject({ response: null, withheld: null });
    expect(report.notChecked.map(({ message }) => message).join("\n")).toMatch(
      /What an answer to letter .* says: not among the files/,
    );
  });

  it("of a letter whose text is not public is reported with the keys, and it is said that nobody knows whose they are", async () => {
    const { log, id, stranger } = closedLetter({ isPublic: false });
    deliver(log, id, { day: HANDED_OVER, by: [stranger] });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.notChecked.map(({ message }) => message).join("\n")).toContain(
      "That those who signed what became of letter",
    );
  });
});

/** Everything that is found but `index-wrong`, which follows from each: the index names the leaf, and it is not counted. */
async function found(log: LogBuilder): Promise<string[]> {
  return failures(await recountLog(log)).filter((failure) => !failure.startsWith("index-wrong"));
}

describe("a delivery is refused", () => {
  it("before the letter is closed", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter();
    log.addBatch(FIRST_DAY, endorsements(log, letter, 3));
    const index = deliver(log, letter.letter, { day: HANDED_OVER, by: log.organisers });
    expect(await found(log)).toEqual([`delivery-out-of-place ${index}`]);
  });

  it("of a letter that too few signed", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter();
    log.close(letter, CLOSING_DAY, { outcome: "too-few" });
    const index = deliver(log, letter.letter, { day: HANDED_OVER, by: log.organisers });
    expect(await found(log)).toEqual([`delivery-out-of-place ${index}`]);
  });

  it.each([
    ["made before the closing leaf", (closing: number) => closing],
    ["made from more leaves than there are", (closing: number) => closing + 2],
  ])("%s", async (_, size) => {
    const { log, id, closing, one } = closedLetter();
    const index = deliver(log, id, {
      day: HANDED_OVER,
      by: one,
      edit: (delivery) => {
        delivery.size = size(closing);
      },
    });
    expect(await found(log)).toEqual([`delivery-out-of-place ${index}`]);
  });

  it.each([
    ["on the letter's last day", { delivered: "2026-04-30" }, {}],
    ["after the day of its leaf", { delivered: "2026-05-05" }, {}],
    ["dated before the last batch", {}, { day: "2026-03-01" }],
  ])("%s", async (_, delivery, leaf) => {
    const { log, id, one } = closedLetter();
    const index = deliver(log, id, {
      day: HANDED_OVER,
      by: one,
      edit: (value) => Object.assign(value, delivery),
      leaf: (value) => Object.assign(value, leaf),
    });
    const codes = new Set(await found(log));
    expect([...codes]).toEqual([`delivery-days ${index}`]);
  });

  it("by a stranger, alone or beside an organiser", async () => {
    for (const withOrganiser of [false, true]) {
      const { log, id, one, stranger } = closedLetter();
      const index = deliver(log, id, {
        day: HANDED_OVER,
        by: withOrganiser ? [...one, stranger] : [stranger],
      });
      expect(await found(log)).toEqual([`organiser-signatures ${index}`]);
    }
  });

  it.each(["document", "bundle", "nonce"] as const)("with signatures over another %s", async (field) => {
    const { log, id, one } = closedLetter();
    const index = deliver(log, id, {
      day: HANDED_OVER,
      by: one,
      leaf: (leaf) => {
        leaf[field] = log.salt("another");
      },
    });
    expect(await found(log)).toEqual([`organiser-signatures ${index}`]);
  });

  it("a second time with the same signatures, on another day of the board's", async () => {
    const { log, id, one } = closedLetter();
    const size = log.entries.length;
    const edit = (delivery: { size: number; delivered: string }) =>
      Object.assign(delivery, { size, delivered: HANDED_OVER });
    deliver(log, id, { day: HANDED_OVER, by: one, edit });
    const index = deliver(log, id, { day: LATER, by: one, edit });
    expect(await found(log)).toEqual([`delivery-repeated ${index}`]);
    const byHand = deliver(log, id, {
      day: LATER,
      by: one,
      edit: (delivery) => Object.assign(delivery, { how: "hand" }),
    });
    expect(await found(log)).not.toContain(`delivery-repeated ${byHand}`);
  });

  it("accepted by a server, if it went by hand: that is no leaf", async () => {
    const { log, id, one } = closedLetter();
    const index = deliver(log, id, {
      day: HANDED_OVER,
      by: one,
      edit: (delivery) => Object.assign(delivery, { how: "hand" }),
      leaf: (leaf) => Object.assign(leaf, { acceptance: log.salt("acceptance") }),
    });
    expect(await found(log)).toEqual([`leaf-malformed ${index}`]);
  });

  it("of a letter that was never opened, of another workforce, or within a batch", async () => {
    const { log, id, one } = closedLetter();
    const unknown = deliver(log, log.salt("no letter"), { day: HANDED_OVER, by: one });
    const elsewhere = deliver(log, id, {
      day: HANDED_OVER,
      by: one,
      edit: (delivery) => Object.assign(delivery, { workforce: log.salt("another") }),
    });
    expect(await found(log)).toEqual([`letter-unknown ${unknown}`, `workforce-mismatch ${elsewhere}`]);
    const second = closedLetter();
    const inside = second.log.entries.length;
    second.log.addBatch("2026-05-20", [second.log.withdraw(second.letter, 0)]);
    const last = second.log.entries.pop()!;
    deliver(second.log, second.id, { day: "2026-05-20", by: second.one });
    second.log.appendRaw(last);
    expect(await found(second.log)).toContain(`batch-count-wrong ${inside}`);
  });
});

describe("an answer is refused", () => {
  it("by mail before the letter was handed over", async () => {
    const { log, id } = closedLetter();
    const { index } = answerByMail(log, id, { day: LATER });
    expect(await found(log)).toEqual([`leaf-out-of-place ${index}`]);
  });

  it.each([
    ["from another mailbox than the addressee's", { mailbox: "someone@example.com" }],
    [
      "under another domain's key",
      { dkim: { name: "s1._domainkey.example.org", record: "v=DKIM1; p=AAAA" } },
    ],
    [
      "under the key of a domain whose name ends alike",
      { dkim: { name: "s1._domainkey.badexample.com", record: "v=DKIM1; p=AAAA" } },
    ],
    ["dated two days before the delivery", { dated: "2026-05-02" }],
    ["dated two days after its leaf", { dated: "2026-05-11" }],
    ["of another letter", { letter: "A".repeat(43) }],
    ["of another workforce", { workforce: "A".repeat(43) }],
  ])("%s", async (_, change) => {
    const { log, id, one } = closedLetter();
    deliver(log, id, { day: HANDED_OVER, by: one });
    const { index } = answerByMail(log, id, {
      day: LATER,
      edit: (record) => Object.assign(record, change),
      leaf: (leaf) => Object.assign(leaf, { letter: id }),
    });
    expect(await found(log)).toEqual([`record-wrong ${index}`]);
  });

  it("whose record says that it came in another way", async () => {
    const { log, id, one } = closedLetter();
    deliver(log, id, { day: HANDED_OVER, by: one });
    const { index } = enterStatement(log, id, {
      day: LATER,
      by: one,
      leaf: (leaf) => Object.assign(leaf, { kind: "mail", by: [] }),
    });
    expect(await found(log)).toEqual([`record-wrong ${index}`]);
  });

  it("entered by a stranger, or signed as a judgement", async () => {
    const { log, id, one, two, stranger } = closedLetter();
    const strangers = enterStatement(log, id, { day: LATER, by: [stranger] });
    const judgement = judge(log, id, { day: LATER, by: two });
    const by = JSON.parse(new TextDecoder().decode(log.entries[judgement.index])).by;
    const confused = enterStatement(log, id, {
      day: LATER,
      by: one,
      leaf: (leaf) => Object.assign(leaf, { by }),
    });
    expect(await found(log)).toEqual([
      `organiser-signatures ${strangers.index}`,
      `organiser-signatures ${confused.index}`,
    ]);
  });

  it("a second time", async () => {
    const { log, id, one } = closedLetter();
    const statement = enterStatement(log, id, { day: LATER, by: one });
    const again = log.append(JSON.parse(new TextDecoder().decode(log.entries[statement.index])));
    expect(await found(log)).toEqual([`record-repeated ${again}`]);
  });

  it("dated before a leaf of its kind, or before the last batch", async () => {
    const { log, id, one } = closedLetter();
    enterStatement(log, id, { day: LATER, by: one });
    const { index } = enterStatement(log, id, { day: HANDED_OVER, by: one });
    const early = closedLetter();
    const before = enterStatement(early.log, early.id, { day: "2026-03-02", by: early.one });
    expect(await found(log)).toEqual([`record-days ${index}`]);
    expect(await found(early.log)).toEqual([`record-days ${before.index}`]);
  });

  it("with other words, another evidence, or a notice of another record", async () => {
    const { log, answer } = wholeLife();
    const changed = await log.files();
    editJson(changed, `records/${answer.record}.json`, (record) => Object.assign(record, { text: "Yes." }));
    expect(failures(await recountFiles(changed, log))).toContain(`record-wrong ${answer.index}`);
    const files = await log.files();
    const evidence = [...files.keys()].find((path) => path.startsWith("answers/"))!;
    files.set(evidence, new TextEncoder().encode("another mail"));
    expect(failures(await recountFiles(files, log))).toContain(`record-wrong ${answer.index}`);
    withhold(log, answer.record, LATER);
    const notices = await log.files();
    editJson(notices, `withheld/${answer.record}.json`, (notice) =>
      Object.assign(notice, { record: log.salt("x") }),
    );
    expect(failures(await recountFiles(notices, log))).toContain(`file-malformed ${answer.index}`);
  });
});

describe("a judgement is refused", () => {
  it("by one organiser alone, whose leaf is none", async () => {
    const { log, id, two } = closedLetter();
    const { index } = judge(log, id, { day: LATER, by: two });
    const leaf = JSON.parse(new TextDecoder().decode(log.entries[index]));
    leaf.by.pop();
    log.entries[index] = new TextEncoder().encode(JSON.stringify(leaf));
    expect(await found(log)).toEqual([`leaf-malformed ${index}`]);
  });

  it("by one organiser twice, whose leaf is none", async () => {
    const { log, id, one } = closedLetter();
    const { index } = judge(log, id, { day: LATER, by: [...one, ...one] });
    expect(await found(log)).toEqual([`leaf-malformed ${index}`]);
  });

  it("by an organiser and a stranger", async () => {
    const { log, id, one, stranger } = closedLetter();
    const { index } = judge(log, id, { day: LATER, by: [...one, stranger] });
    expect(await found(log)).toEqual([`organiser-signatures ${index}`]);
  });

  it.each([
    ["of a demand that the letter has not", { demand: "go" }],
    ["that names one before it where there is none", { previous: "A".repeat(43) }],
  ])("%s", async (_, change) => {
    const { log, id, two } = closedLetter();
    const { index } = judge(log, id, {
      day: LATER,
      by: two,
      edit: (record) => Object.assign(record, change),
    });
    expect(await found(log)).toEqual([`record-wrong ${index}`]);
  });

  it("that skips or repeats the one before it", async () => {
    const { log, id, two } = closedLetter();
    const first = judge(log, id, { day: LATER, by: two });
    const edit = (previous: string | null) => (record: object) => Object.assign(record, { previous });
    judge(log, id, { day: LATER, by: two, edit: edit(first.record) });
    const skips = judge(log, id, { day: LATER, by: two, edit: edit(first.record) });
    const forgets = judge(log, id, { day: LATER, by: two, edit: edit(null) });
    expect(await found(log)).toEqual([`record-wrong ${skips.index}`, `record-wrong ${forgets.index}`]);
  });

  it("without its record", async () => {
    const { log, id, two } = closedLetter();
    const { index, record } = judge(log, id, { day: LATER, by: two });
    log.documents.delete(`records/${record}.json`);
    expect(await found(log)).toEqual([`file-missing ${index}`]);
  });
});

describe("a change of the register is refused", () => {
  it("by a stranger, without its record, and where it skips the one before it", async () => {
    const { log, id, one, stranger } = closedLetter();
    const strangers = changeDealings(log, id, { day: LATER, by: [stranger] });
    changeDealings(log, id, { day: LATER, by: one });
    const skips = changeDealings(log, id, { day: LATER, by: one });
    const missing = changeDealings(log, id, { day: LATER, by: one });
    log.documents.delete(`records/${missing.record}.json`);
    expect(await found(log)).toEqual([
      `organiser-signatures ${strangers.index}`,
      `record-wrong ${skips.index}`,
      `file-missing ${missing.index}`,
    ]);
  });

  it("that brings more rows than a register has", async () => {
    const { log, id, one } = closedLetter();
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        row: `own:${String(from + i).padStart(5, "0")}`,
        entry: tiny,
      }));
    const tiny = {
      what: "x",
      supplier: "x",
      recipient: "x",
      office: null,
      agreed: null,
      from: null,
      until: null,
      value: null,
      status: "reported" as const,
      since: null,
      sources: [{ title: "x", publisher: "x", day: null, url: "https://x", quote: "", copy: null }],
    };
    const full = changeDealings(log, id, {
      day: LATER,
      by: one,
      edit: (record) => Object.assign(record, { changes: rows(0, 5000) }),
    });
    const { index } = changeDealings(log, id, {
      day: LATER,
      by: one,
      edit: (record) => Object.assign(record, { previous: full.record, changes: rows(5000, 1) }),
    });
    expect(await found(log)).toEqual([`record-wrong ${index}`]);
  });
});

it("a client leaves out what is wrong, lists it, and shows the letter", async () => {
  const { log, id, one, stranger } = closedLetter();
  const right = deliver(log, id, { day: HANDED_OVER, by: one });
  const wrong = enterStatement(log, id, { day: LATER, by: [stranger] });
  const view = await openWorkforce(memorySource(await log.files()), log.workforce, {
    further: furtherOf("all"),
  });
  expect(view.letters.get(id)!.further).toMatchObject({
    deliveries: [{ index: right }],
    responses: [],
    refused: [{ code: "organiser-signatures", leaf: wrong.index }],
  });
});

it("an index that leaves out or invents such a leaf is named, and a client does not follow it", async () => {
  const { log, id, delivery } = wholeLife();
  const files = await log.files();
  editJson(files, "index.json", (index) => {
    index.letters[0].judgements.pop();
  });
  expect(failures(await recountFiles(files, log))).toEqual(["index-wrong -"]);
  editJson(files, "index.json", (index) => {
    index.letters[0].responses = [delivery - 1];
  });
  await expect(
    openWorkforce(memorySource(files), log.workforce, { further: furtherOf({ letter: id }) }),
  ).rejects.toMatchObject({
    code: "index-wrong",
  });
});
