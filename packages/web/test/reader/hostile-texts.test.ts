/** Whatever stands in a manifest or an opening, a page that is read has no script, no request and no link but to the web. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChronicleEntry, Source } from "@undersigned/core";
import { beforeAll, describe, expect, test } from "vitest";
import { DEALING } from "../../../../test/kit/further-leaves.ts";
import { someOf } from "../../../../test/kit/size.ts";
import { createHistories } from "../../src/server/followed/histories.ts";
import type { FollowedLetterData } from "../../src/server/followed/load-followed.ts";
import { type FoundLetter, type LetterData, loadLetter } from "../../src/server/load-letter.ts";
import { createReleased } from "../../src/server/load-released.ts";
import { createTotals, type ShownPage } from "../../src/server/load-signatories.ts";
import { createViews } from "../../src/server/load-view.ts";
import { frontPage } from "../../src/server/pages/front-page.tsx";
import { changesPage } from "../../src/server/pages/letter/changes-page.tsx";
import { dealingHistoryPage } from "../../src/server/pages/letter/dealing-page.tsx";
import { letterPage } from "../../src/server/pages/letter/letter-page.tsx";
import { registerPage } from "../../src/server/pages/letter/register-page.tsx";
import { signatoriesPage } from "../../src/server/pages/letter/signatories-page.tsx";
import { timelinePage } from "../../src/server/pages/letter/timeline-page.tsx";
import { translationPage } from "../../src/server/pages/letter/translation-page.tsx";
import { readRegisterView } from "../../src/server/register-view.ts";
import { boardWays } from "../../src/server/ways/head.ts";
import { passedOn } from "../../src/server/ways/public-letter.ts";
import { ADDRESSES, markdownWith, PAYLOADS } from "./hostile-texts.ts";
import { FRAME, openedLog, pageOf, siteOf } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const NAUGHTY = JSON.parse(
  readFileSync(join(import.meta.dirname, "../vectors/naughty-strings/blns.json"), "utf8"),
) as string[];
/** All are in the one text that has all. */
const SOME_NAUGHTY = someOf(NAUGHTY, 80);

const HASH = "h".repeat(43);

let plainData: LetterData;

beforeAll(async () => {
  const { log, letter } = openedLog();
  const { site } = await siteOf(log, "2026-03-10");
  const of = {
    site,
    views: createViews(site),
    totals: createTotals(),
    registers: () => null,
    released: createReleased(),
    histories: createHistories(),
    client: FRAME.build.hash,
  };
  const found = await loadLetter(of, { workforce: log.workforce, letter: letter.letter });
  plainData = (found as FoundLetter).data;
});

/** A letter in which everything that anyone may write is this text, past the checks of the formats. */
function hostile(text: string, url = text): { data: LetterData; shown: ShownPage } {
  const source = { title: text, publisher: text, day: null, url, quote: text, copy: null };
  const manifest: NonNullable<LetterData["manifest"]> = {
    ...plainData.manifest!,
    title: text,
    addressee: { name: text, organisation: text, mailbox: text },
    body: text,
    demands: [{ id: "d", title: text, text, met: text }],
    supplement: { title: text, claims: [{ id: "c", text, sources: [source] }] },
    delivery: text,
  };
  const registrars = plainData.rules.registrars.map((registrar) => ({
    ...registrar,
    name: text,
    operator: text,
  }));
  const tally = {
    ...plainData.tally,
    employer: text,
    headcount: { number: 10, source: text, day: "2026-01-01" },
    counted: { mailbox: 3, vouched: 1 },
    days: { first: "2026-03-03", last: "2026-03-04" },
  };
  const evidence = [{ kind: "existing-mail" as const, class: "mailbox" as const }];
  const sender = { name: text, domain: "example.com", from: "no-reply@example.com", subject: text };
  const days = { notBefore: "2026-03-01", notAfter: "2026-03-03" };
  const existingMail = { senders: [sender], ...days, records: [] };
  const older = { letter: plainData.letter, sameOpener: true };
  const data: LetterData = {
    ...plainData,
    manifest,
    rules: { ...plainData.rules, employer: text, registrars, evidence, existingMail },
    tally,
    pages: 2,
    versions: {
      older: { ...older, manifest: { ...manifest, body: `${text} ${text}` } },
      newer: { ...older, manifest },
    },
    afterwards: afterwardsWith(text, source),
    totals: { named: 1, role: 1, hidden: 1, anonymous: 1 },
    log: { ...plainData.log, cosigned: [text] },
    files: { ...plainData.files, statements: [{ registrar: text, hash: "h" }] },
  };
  return {
    data,
    shown: {
      named: [{ name: text, confirmed: false, role: text, place: text }],
      byRole: [{ role: text, place: text, count: 2 }],
      hidden: [{ day: "2026-03-05", reason: "link", count: 1 }],
    },
  };
}

/** Every kind of entry, all of whose texts are this one. */
function followedWith(text: string, { workforce, letter, manifest }: LetterData): FollowedLetterData {
  const source = manifest?.supplement?.claims[0]?.sources[0] as Source;
  const entries: ChronicleEntry[] = [
    { kind: "report", text, source },
    { kind: "remark", text, source: null },
    { kind: "statement", text, source },
    { kind: "figure", what: text, value: "1", unit: text, source },
    { kind: "elsewhere", title: text, organisation: text, source, follows: null },
    { kind: "mirror", url: "https://mirror.example.com" },
    { kind: "topics", topics: [text] },
    { kind: "removal", reason: text },
    {
      kind: "translation",
      language: "es",
      title: text,
      body: text,
      demands: [{ id: "d", title: text, text, met: text }],
      supplement: { title: text, claims: [{ id: "c", text }] },
    },
  ];
  const common = { type: "chronicle-record", v: 1, salt: HASH, workforce: HASH, letter: HASH } as const;
  const chronicle = entries.map((entry, index) => ({
    day: "2026-03-06",
    index,
    hash: HASH,
    record: { ...common, on: "2026-03-06", replaces: null, entry },
    why: null,
    replaced: null,
  }));
  const timeline = chronicle.map((entry) => ({
    day: "2026-03-06",
    id: `leaf-${entry.index}`,
    what: { kind: "told" as const, entry },
  }));
  const counts = [{ day: "2026-03-03", count: 3 }];
  const signatures = { from: "2026-03-01", until: "2026-03-06", closes: null, counts, events: [] };
  return { workforce, letter, title: text, language: "en", chronicle, timeline, signatures };
}

function afterwardsWith(text: string, source: Source): LetterData["afterwards"] {
  const common = { v: 1, salt: HASH, workforce: HASH, letter: HASH } as const;
  const mail = {
    type: "response-record",
    kind: "mail",
    ...common,
    text,
    subject: text,
    dated: "2026-03-05",
    mailbox: text,
    dkim: { name: text, record: text },
    evidence: HASH,
  } as const;
  const statement = { type: "response-record", kind: "statement", ...common, text, source } as const;
  const record = {
    type: "judgement-record",
    ...common,
    demand: "d",
    state: "promised",
    until: "2026-03-01",
    reason: text,
    source,
    previous: null,
  } as const;
  const judged = { day: "2026-03-06", by: 2, record } as const;
  const day = "2026-03-06";
  return {
    deliveries: [{ how: "mail", delivered: day, day, document: HASH, bundle: HASH }],
    answers: [
      { kind: "mail", day, hash: "a", record: mail },
      { kind: "statement", day, hash: "b", record: statement },
      { kind: "withheld", day, hash: "c", was: "mail", why: { day, reason: "unlawful" } },
    ],
    demands: [{ id: "d", title: text, judgements: [judged, judged] }],
    register: { changes: 2, rows: 1, last: day },
  };
}

/** Both pages of a register whose every word is this text, asked for by it. */
function registerWith(text: string, url = text) {
  const { data } = hostile(text, url);
  const source = { title: text, publisher: text, day: null, url, quote: text, copy: HASH };
  const texts = { what: text, supplier: text, recipient: text, office: text };
  const entry = { ...DEALING, ...texts, sources: [source] };
  const changes = [DEALING, entry].map((of) => ({ day: "2026-03-05", record: HASH, entry: of }));
  const register = { rows: new Map([["own:a", entry]]), history: new Map([["own:a", changes]]) };
  const view = readRegisterView({ text, agency: text, sort: text, year: text, status: text });
  return [
    registerPage(FRAME, data, register, { ...view, text: "", agency: "" }),
    registerPage(FRAME, data, register, view),
    dealingHistoryPage(FRAME, data, register, "own:a")!,
  ].map(pageOf);
}

function pagesWith(text: string, url?: string) {
  const { data, shown } = hostile(text, url);
  const front = {
    workforce: data.workforce,
    employer: text,
    opened: {
      board: data.board,
      hasEpoch: true,
      letters: [{ letter: data.letter, title: text, language: "en", tally: data.tally, delivered: null }],
    },
  };
  return [
    letterPage(FRAME, data, shown, followedWith(text, data), true),
    timelinePage(FRAME, data, followedWith(text, data)),
    translationPage(FRAME, data, followedWith(text, data), "es")!,
    signatoriesPage(FRAME, data, 1, shown),
    frontPage(FRAME, [front], { ways: boardWays(FRAME.say, [passedOn(data)!]), elsewhere: true }),
    changesPage(FRAME, data)!,
  ].map(pageOf);
}

/** As a parser leaves it: it drops NUL and joins line ends. */
function asParsed(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "").replace(/\s+/g, " ").trim();
}

describe("nothing runs and nothing is fetched", () => {
  test("for the usual ways of getting script in", () => {
    for (const text of PAYLOADS)
      for (const page of pagesWith(text)) expect(dangersIn(page), text).toEqual([]);
  });

  test("for every address in every place where Markdown takes one", () => {
    for (const address of ADDRESSES)
      for (const text of markdownWith(address))
        for (const page of pagesWith(text, address)) expect(dangersIn(page), text).toEqual([]);
  });

  test("for texts in the register and in what a reader asks it for", () => {
    for (const text of [...PAYLOADS, ...ADDRESSES, ...SOME_NAUGHTY])
      for (const page of registerWith(text)) expect(dangersIn(page, { form: true }), text).toEqual([]);
  });

  test(`for ${SOME_NAUGHTY.length} naughty strings, each by itself`, () => {
    for (const text of SOME_NAUGHTY)
      for (const page of pagesWith(text)) expect(dangersIn(page), text).toEqual([]);
  });

  test("for all of them in one text", () => {
    for (const between of ["\n", "\n\n", " ", ""]) {
      const text = [...PAYLOADS, ...ADDRESSES.flatMap(markdownWith), ...NAUGHTY].join(between);
      for (const page of pagesWith(text)) expect(dangersIn(page)).toEqual([]);
    }
  });
});

test("what was written is what readers see", () => {
  for (const text of [...PAYLOADS, ...SOME_NAUGHTY]) {
    const [letter, signatories] = pagesWith(text);
    expect(letter!.text, text).toContain(asParsed(text));
    expect(signatories!.text, text).toContain(asParsed(text));
  }
});

test("what stands in the register is what readers see", () => {
  for (const text of [...PAYLOADS, ...SOME_NAUGHTY].filter((one) => one.trim() !== "")) {
    const [register, , row] = registerWith(text);
    expect(register!.text, text).toContain(asParsed(text));
    expect(row!.text, text).toContain(asParsed(text));
  }
});

test("a source whose address is not of the web is shown as text", () => {
  for (const address of ADDRESSES) {
    const [page] = pagesWith("A claim", address);
    expect(page!.text, address).toContain(asParsed(address));
    expect(page!.classes("address").length).toBeGreaterThan(0);
  }
});

test("names of a registrar's making never reach the header", async () => {
  const { originsOf } = await import("../../src/server/load-letter.ts");
  const urls = [
    "https://r.example.com/path",
    "https://r.example.com",
    "http://127.0.0.1:8081",
    "http://a:b:c",
    "https://x; script-src *",
    "data:text/html,x",
    "*",
  ];
  expect(originsOf(urls.map((url) => ({ url })))).toEqual(["https://r.example.com", "http://127.0.0.1:8081"]);
});
