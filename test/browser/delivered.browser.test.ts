/**
 * The organisers' pages for what becomes of a letter, over a log that holds it: handed over, answered, judged, and the register. What
 * organisers alone see is played; the log is read and checked by the page. axe in light and dark, names for a screen reader, the Tab
 * key, 320 px, and pictures at 360 and 1280 px in test/browser/pictures/delivered-desk.
 */
import { readFile } from "node:fs/promises";
import {
  type ActBody,
  answerNonceHash,
  type DealingsRecord,
  encodeRecord,
  type JudgementRecord,
  type Role,
  recordHash,
  type Signer,
  verifyDelivery,
  verifyRecord,
} from "@undersigned/core";
import type { Language } from "@undersigned/messages";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as life from "../kit/further-leaves.ts";
import { LogBuilder } from "../kit/log-builder.ts";
import { memorySource } from "../kit/public-files.ts";
import { oneInTurn } from "../kit/size.ts";
import { type AnsweredDesk, type Answers, answerDesk, id16, id32 } from "./kit/answered-desk.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch, unreachedByTab } from "./kit/hands.ts";
import { DESK_AREAS, englishIn } from "./kit/in-language.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";
import { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { nameless, spoken } from "./kit/screen-reader.ts";
import { widerThanWindow } from "./kit/screens.ts";
import { setClock } from "./kit/site.ts";

const CLOSES = "2026-04-30";
const DAY = "2026-06-12";
const MAILBOX = "answers@example.com";
const pictures = new Pictures("delivered-desk");

let browser: Browser;
/** A letter that was handed over, with all that can follow; and one that has only closed. */
let after: LogSite;
let before: LogSite;
let log: LogBuilder;
let letter: string;

function closedLetter(): LogBuilder {
  const made = new LogBuilder({ registrars: 1, quorum: 1 });
  made.addEpoch();
  const handle = made.addLetter({
    title: "A second reader on every ward",
    manifest: (manifest) => {
      manifest.addressee.mailbox = MAILBOX;
    },
  });
  made.addBatch(
    "2026-03-04",
    [0, 1, 2].map((person) => made.endorse(handle, person)),
  );
  made.close(handle, "2026-05-01");
  return made;
}

function addLife(made: LogBuilder, id: string, by: readonly Signer[]): void {
  const one = by.slice(0, 1);
  life.deliver(made, id, { day: "2026-05-04", by: one });
  life.answerByMail(made, id, { day: "2026-05-09" });
  const named = life.enterStatement(made, id, { day: "2026-05-10", by: one });
  life.withhold(made, named.record, "2026-05-11");
  life.enterStatement(made, id, { day: "2026-05-12", by: one });
  const first = life.judge(made, id, { day: "2026-05-12", by });
  life.judge(made, id, {
    day: "2026-05-13",
    by,
    edit: (record) => {
      Object.assign(record, {
        state: "promised",
        until: "2026-06-01",
        reason: "They have told the press that it stops by June.",
        source: life.SOURCE,
        previous: first.record,
      });
    },
  });
  const changes = ["engines", "parts"].map((row, i) => ({
    row: `own:${row}`,
    entry: { ...life.DEALING, what: i === 0 ? "Engines for the trial" : "Spare parts and their upkeep" },
  }));
  life.changeDealings(made, id, {
    day: "2026-05-14",
    by: one,
    edit: (record) => {
      record.changes = changes;
    },
  });
}

async function siteOf(made: LogBuilder): Promise<LogSite> {
  const { employer } = made.manifest;
  const { origin } = made.manifest.log;
  const files = memorySource(await made.files());
  return await startLogSite({ files, workforce: made.workforce, employer, origin, day: DAY });
}

beforeAll(async () => {
  const only = closedLetter();
  before = await siteOf(only);
  log = closedLetter();
  letter = log.letters[0]!.letter;
  addLife(log, letter, log.organisers);
  after = await siteOf(log);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await after?.close();
  await before?.close();
});

const PREPARED = {
  day: DAY,
  size: 9,
  document: id32(21),
  pages: 7,
  bundle: id32(22),
  bundleBytes: 48_200,
  nonce: "",
};

const dealing = (what: string) => ({ ...life.DEALING, what });

function answersOf(delivery: Partial<ReturnType<NonNullable<Answers["delivery"]>>> = {}): Answers {
  const summary = {
    workforce: log.workforce,
    letter,
    title: "A second reader on every ward",
    state: "closed" as const,
    listed: true,
    opens: "2026-03-02",
    closes: CLOSES,
    delivers: "2026-05-02",
    awaits: ["delivery" as const, "judgement" as const],
    count: 3,
    replaces: null,
    linkKey: null,
  };
  const nonce = answerNonceHash(letter, life.NONCE);
  const proposed: JudgementRecord = {
    type: "judgement-record",
    v: 1,
    salt: id32(31),
    workforce: log.workforce,
    letter,
    demand: "stop",
    state: "partly",
    until: null,
    reason: "Half of the wards have two names on the rota now.",
    source: null,
    previous: latestJudgement(),
  };
  return {
    letters: () => ({ letters: [summary] }),
    dashboard: () => ({
      summary,
      day: DAY,
      counted: { mailbox: 3, vouched: 0 },
      withdrawn: { mailbox: 0, vouched: 0 },
      days: [{ day: "2026-03-04", mailbox: 3, vouched: 0 }],
      shown: { named: 1, confirmed: 0, role: 1, anonymous: 1, hidden: 0 },
      headcount: null,
      issued: [],
      next: { mailbox: null, vouched: null },
      first: { needed: 2, reached: true },
      closing: null,
      log: { size: 9, origin: log.manifest.log.origin },
      storage: { bytes: 8_400_000, free: 12_000_000_000 },
      certificate: { kind: "none", until: null },
      thin: [],
      waiting: 0,
    }),
    delivery: () => ({
      missing: null,
      prepared: { ...PREPARED, nonce },
      nonce: life.NONCE,
      address: "answer-abcdefghijklmnopqrst@answers.example.org",
      canMail: true,
      mailbox: MAILBOX,
      mail: "none",
      reply: null,
      made: [],
      ...delivery,
    }),
    "delivery-prepare": () => ({ ...PREPARED, nonce }),
    "delivery-make": ({ how }) => ({
      mail: how === "mail" ? "logged" : "none",
      reply: how === "mail" ? "250 2.0.0 Ok: queued" : null,
    }),
    answers: () => ({
      unverified: [
        {
          id: id16(41),
          day: "2026-05-20",
          reason: "body-changed",
          claimsAddressee: true,
          subject: `Re: your letter ${life.NONCE}`,
          text: "We accept everything.\n\nThe management",
        },
        {
          id: id16(42),
          day: "2026-05-21",
          reason: "unsigned",
          claimsAddressee: false,
          subject: "Hello",
          text: null,
        },
      ],
    }),
    "answer-drop": () => ({ verified: false, reason: "nonce-missing", record: null }),
    "statement-add": () => ({ record: id32(51) }),
    "response-withhold": () => ({}),
    judgements: () => ({ proposed: [{ record: proposed, by: "Otter", yours: false }] }),
    "judgement-propose": () => ({ record: id32(52) }),
    "judgement-agree": () => ({}),
    "judgement-drop": () => ({}),
    "dealings-change": () => ({ record: id32(53) }),
  };
}

const records = (type: string) =>
  [...log.documents]
    .filter(([path]) => path.startsWith("records/"))
    .map(([path, file]) => ({
      hash: path.slice("records/".length, -".json".length),
      record: JSON.parse(Buffer.from(file).toString()) as { type: string; state?: string },
    }))
    .filter(({ record }) => record.type === type);

function latestJudgement(): string {
  return records("judgement-record").find(({ record }) => record.state === "promised")!.hash;
}

interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly desk: AnsweredDesk;
  readonly traffic: Traffic;
  go(page: string): Promise<void>;
  sent<T>(act: string): T;
}

async function visit(
  width: number,
  answers: Answers = answersOf(),
  site: LogSite = after,
  role: Role = "owner",
  language: Language = "en",
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  await setClock(context, Date.parse(`${DAY}T10:00:00Z`));
  const desk = await answerDesk(context, role, DAY, {
    home: () => ({
      me: { id: id16(1), alias: "Heron", role, since: DAY },
      ...{ day: DAY, owners: 2, organisers: 2 },
      workforces: [{ workforce: log.workforce, employer: log.manifest.employer, opener: true }],
      ...{ passkeys: [], listHead: null },
    }),
    organisers: () => ({
      organisers: [{ id: id16(1), alias: "Heron", role: "owner", since: DAY, key: desk.key, passkeys: 0 }],
      invitations: [],
    }),
    ...answers,
  } as Answers);
  const traffic = new Traffic(context, [site.origin]);
  const page = await context.newPage();
  await desk.enter(page, site.origin, language);
  return {
    context,
    page,
    desk,
    traffic,
    go: async (name) => {
      await page.evaluate((to) => {
        location.hash = to;
      }, `${name}.${letter}`);
      await page.locator(`[data-screen="${name}"]`).waitFor();
      await page.locator("progress").waitFor({ state: "detached" });
    },
    sent: <T>(act: string) => desk.asked.find((one) => one.act === act)?.body as T,
  };
}

async function see(page: Page, screen: string, picture = screen): Promise<void> {
  const section = page.locator(`[data-screen="${screen}"]`);
  await pictures.take(page, picture);
  expect(nameless(await spoken(section)), `controls of ${picture} without a name`).toEqual([]);
  expect(await axeFindings(page), `axe on ${picture}`).toEqual([]);
  expect(await unreachedByTab(page, screen), `controls of ${picture} beyond the keyboard`).toEqual([]);
  expect(await widerThanWindow(page), `${picture} is wider than the window`).toEqual([]);
  const size = page.viewportSize()!;
  if (size.width !== 360) return;
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await widerThanWindow(page), `${picture} at 320 pixels`).toEqual([]);
  await page.setViewportSize(size);
}

async function givePhrase({ page, desk }: Visit, button: string): Promise<void> {
  await page.getByLabel("Your phrase", { exact: true }).fill(desk.phrase);
  await touch(page).press(button);
  await page.locator('[data-screen="ask-phrase"]').waitFor({ state: "detached" });
}

describe.each(oneInTurn([360, 1280]))("in a window of %i pixels", (width) => {
  let at: Visit;
  beforeAll(async () => {
    at = await visit(width);
  });
  afterAll(() => at?.context.close());

  it("#home leads to what the letter waits for, and is as it should be", async () => {
    for (const [link, screen] of [
      ["Hand it over", "delivery"],
      ["Judge the demands", "demands"],
    ] as const) {
      await at.go("home");
      if (screen === "delivery") await see(at.page, "home");
      await touch(at.page).follow(`${link} A second reader on every ward`);
      await at.page.locator(`[data-screen="${screen}"]`).waitFor();
      expect(new URL(at.page.url()).hash).toBe(`#${screen}.${letter}`);
    }
  });

  it.each(["letter", "delivery", "answers", "demands", "register"])(
    "#%s is as it should be",
    async (name) => {
      await at.go(name);
      await see(at.page, name);
    },
  );

  it("a judgement is written on a page as it should be", async () => {
    await at.go("demands");
    await touch(at.page).press("Propose something else … Stop");
    await touch(at.page).choose("Promised");
    await touch(at.page).press("Propose …");
    await see(at.page, "demands", "demands-writing");
  });

  it("a row is written on a page as it should be", async () => {
    await at.go("register");
    await touch(at.page).press("Change … Engines for the trial");
    await touch(at.page).choose("Ended");
    await see(at.page, "register", "register-row");
  });

  it("asks nobody but its own board", () => expect(at.traffic.elsewhere()).toEqual([]));
});

describe.each(oneInTurn(["ar", "de", "es", "fr", "zh"] as const))("in %s", (language) => {
  it("no page says anything in English", async () => {
    const at = await visit(360, answersOf(), after, "owner", language);
    expect(await at.page.evaluate(() => document.documentElement.lang)).toBe(language);
    for (const name of ["home", "letter", "delivery", "answers", "demands", "register"]) {
      await at.go(name);
      await see(at.page, name, `${name}-${language}`);
      expect(
        englishIn(language, await at.page.innerText("body"), DESK_AREAS),
        `English words on ${name}`,
      ).toEqual([]);
    }
    await at.context.close();
  });
});

describe("handing over", () => {
  it("by mail: says to whom and with which mark, asks for the phrase, and signs what was prepared", async () => {
    const at = await visit(360, answersOf(), before);
    await at.go("delivery");
    for (const words of [MAILBOX, life.NONCE, "answer-abcdefghijklmnopqrst@answers.example.org", "7 pages"])
      expect(await at.page.locator('[data-screen="delivery"]').innerText()).toContain(words);
    await keyboard(at.page).press("Send it …");
    await pictures.take(at.page, "delivery-phrase");
    expect(at.desk.asked.some(({ act }) => act === "delivery-make")).toBe(false);
    await givePhrase(at, "Send it");
    const body = at.sent<ActBody<"delivery-make">>("delivery-make");
    expect(body).toMatchObject({ how: "mail", delivered: DAY, document: PREPARED.document, again: false });
    const by = [{ organiser: at.desk.key, sig: body.sig }];
    expect(await verifyDelivery(body, by)).toBe(true);
    await at.context.close();
  });

  it("by post: needs a day after the letter's last one, and no day to come", async () => {
    const at = await visit(360, answersOf(), before);
    await at.go("delivery");
    const hands = touch(at.page);
    await hands.choose("By post");
    await hands.press("Log that it was handed over …");
    await at.page.getByText("Choose the day.").waitFor();
    await hands.type("Day on which it was posted", CLOSES);
    await at.page.getByText("Choose a day from 1 May 2026 to 12 June 2026.").waitFor();
    await hands.type("Day on which it was posted", "2026-05-02");
    await hands.press("Log that it was handed over …");
    await givePhrase(at, "Log it");
    const body = at.sent<ActBody<"delivery-make">>("delivery-make");
    expect(body).toMatchObject({ how: "post", delivered: "2026-05-02", bundle: null });
    await at.context.close();
  });

  it("asks before a mail goes that may have arrived, and says so to the board", async () => {
    const at = await visit(360, answersOf({ mail: "sending" }), before);
    await at.go("delivery");
    await see(at.page, "delivery", "delivery-uncertain");
    expect(await at.page.getByRole("button", { name: /anew/ }).count()).toBe(0);
    await touch(at.page).press("Send it again …");
    await at.page.getByText("An earlier mail may have arrived: then they have it twice.").waitFor();
    await givePhrase(at, "Send it again");
    expect(at.sent("delivery-make")).toMatchObject({ how: "mail", again: true });
    await at.context.close();
  });

  it("shows what the server said that has refused, as text and nothing else", async () => {
    const reply = "550 5.7.1 <img src=x onerror=alert(1)> refused";
    const at = await visit(1280, answersOf({ mail: "refused", reply }), before);
    await at.go("delivery");
    await at.page.getByText(reply).waitFor();
    expect(await at.page.locator('[data-screen="delivery"] img').count()).toBe(0);
    await pictures.take(at.page, "delivery-refused");
    await at.context.close();
  });

  it("hands out the very file that the board has made", async () => {
    const file = Buffer.from("%PDF-1.7 of a letter");
    const answers = { ...answersOf(), "delivery-file": () => ({ file: file.toString("base64url") }) };
    const at = await visit(1280, answers, before);
    await at.go("delivery");
    const [download] = await Promise.all([
      at.page.waitForEvent("download"),
      touch(at.page).press("Save the PDF"),
    ]);
    expect(download.suggestedFilename()).toBe("letter.pdf");
    expect(await readFile(await download.path())).toEqual(file);
    expect(at.sent("delivery-file")).toMatchObject({ which: "document" });
    await at.context.close();
  });

  it("a moderator may read all of it, and is offered nothing that their role may not do", async () => {
    const at = await visit(360, answersOf(), after, "moderator");
    for (const name of ["delivery", "answers", "demands", "register"]) {
      await at.go(name);
      const section = at.page.locator(`[data-screen="${name}"]`);
      expect(await section.locator("button, input, textarea").count(), name).toBe(0);
    }
    await at.context.close();
  });
});

describe("answers", () => {
  it("a file that is no mail, or too large, is not sent", async () => {
    const at = await visit(360);
    await at.go("answers");
    const field = at.page.getByLabel("The mail, as an .eml file", { exact: true });
    const file = (buffer: Buffer) => ({ name: "a.eml", mimeType: "message/rfc822", buffer });
    await field.setInputFiles(file(Buffer.alloc(1_048_577, "a")));
    await at.page.getByText("This file is larger than 1 MB.").waitFor();
    await field.setInputFiles(file(Buffer.from("%PDF-1.7")));
    await at.page.getByText("This is not a mail as it came.").waitFor();
    expect(at.sent("answer-drop")).toBe(undefined);
    await field.setInputFiles(file(Buffer.from("Subject: An answer\r\n\r\nYes.\r\n")));
    await at.page.getByText("The subject lacks the code").waitFor();
    expect(at.sent("answer-drop")).toMatchObject({ letter });
    await at.context.close();
  });

  it("a text is withheld with a reason, after saying what stays", async () => {
    const at = await visit(360);
    await at.go("answers");
    const hands = touch(at.page);
    await hands.press("Withhold its text … (the mail of 9 May 2026)");
    const opened = at.page.getByRole("group", { name: "Withhold its text … (the mail of 9 May 2026)" });
    expect(await opened.evaluate((one) => one === document.activeElement)).toBe(true);
    await hands.press("Do not");
    expect(await opened.getByRole("button").evaluate((one) => one === document.activeElement)).toBe(true);
    await hands.press("Withhold its text … (the mail of 9 May 2026)");
    await hands.press("Withhold it …");
    await at.page.getByText("Choose a reason: readers see it.").waitFor();
    await hands.choose("It names people");
    await see(at.page, "answers", "answers-withhold");
    await hands.press("Withhold it …");
    await at.page.getByText(/It stays visible that there was an answer/).waitFor();
    await givePhrase(at, "Withhold it");
    expect(at.sent("response-withhold")).toMatchObject({ letter, reason: "names-people" });
    await at.context.close();
  });

  it("what was said in public is signed with its source, and what was typed outlives the lock", async () => {
    const at = await visit(1280);
    await at.go("answers");
    const hands = touch(at.page);
    await hands.press("Enter a statement …");
    await hands.type("What they said, word for word", "We stop it in June.");
    await hands.type("Title", "A statement");
    await hands.press("Enter it …");
    await at.page.getByText("Say who has published it.").waitFor();
    await see(at.page, "answers", "answers-statement");
    await hands.press("Lock");
    await at.page.getByLabel("Your phrase", { exact: true }).fill(at.desk.phrase);
    await hands.press("Come in with the phrase");
    await at.page.locator('[data-screen="answers"]').waitFor();
    await at.page.getByLabel("Publisher", { exact: true }).fill("Example Works");
    await hands.type("Link", "https://example.com/statement");
    await hands.press("Enter it …");
    await givePhrase(at, "Publish it");
    const { record, sig } = at.sent<ActBody<"statement-add">>("statement-add");
    expect(record).toMatchObject({ text: "We stop it in June.", source: { title: "A statement" } });
    expect(await holds("response", record, at.desk.key, sig)).toBe(true);
    await at.context.close();
  });
});

describe("demands", () => {
  it("by the keyboard alone: a promise with its day follows what stands in the log", async () => {
    const at = await visit(1280);
    await at.go("demands");
    expect(await at.page.locator('[data-screen="demands"]').innerText()).toContain(
      "Promised by 1 June 2026. That day has passed",
    );
    const hands = keyboard(at.page);
    await hands.press("Propose something else … Stop");
    await hands.choose("Promised");
    await at.page.getByLabel("By which day", { exact: true }).fill("2026-09-01");
    await hands.type("Why", "They ask for more time.");
    await hands.press("Propose …");
    await givePhrase(at, "Propose");
    const { record, sig } = at.sent<ActBody<"judgement-propose">>("judgement-propose");
    expect(record).toMatchObject({ state: "promised", until: "2026-09-01", previous: latestJudgement() });
    expect(await holds("judgement", record, at.desk.key, sig)).toBe(true);
    await at.context.close();
  });

  it("the second owner signs the very record that was proposed", async () => {
    const answers = answersOf();
    const at = await visit(360, answers);
    await at.go("demands");
    await touch(at.page).press("Agree … Stop");
    await givePhrase(at, "Agree");
    const { record } = answers.judgements!({ workforce: log.workforce, letter }).proposed[0]!;
    const body = at.sent<ActBody<"judgement-agree">>("judgement-agree");
    expect(body.record).toBe(recordHash("judgement-record", encodeRecord(record)));
    expect(await holds("judgement", record, at.desk.key, body.sig)).toBe(true);
    await at.context.close();
  });
});

describe("the register", () => {
  const CSV_HEAD =
    "contract_award_unique_key,award_id_piid,total_obligated_amount,period_of_performance_start_date,period_of_performance_current_end_date,awarding_agency_name,awarding_sub_agency_name,awarding_office_name,recipient_name,prime_award_base_transaction_description,usaspending_permalink,award_base_action_date";
  const csvOf = (lines: readonly string[]) => Buffer.from(`${[CSV_HEAD, ...lines].join("\r\n")}\r\n`);
  const line = (i: number, supplier: string) =>
    `CONT_AWD_${i},P${i},${1000 + i}.50,2025-01-01,2026-01-01,Department of Examples,Office of Trials,Desk ${i},${supplier},Parts of lot ${i},https://example.com/award/${i},2025-01-0${(i % 9) + 1}`;

  it("an import is read on the device, and sent only once its rows were looked at", async () => {
    const at = await visit(360);
    await at.go("register");
    const hands = touch(at.page);
    await hands.press("Import from a file …");
    await see(at.page, "register", "register-import");
    const lines = [1, 2, 3].map((i) => line(i, "EXAMPLE WORKS"));
    await at.page.locator('input[type="file"]').setInputFiles({
      name: "awards.csv",
      mimeType: "text/csv",
      buffer: csvOf([...lines, line(4, "ANOTHER FIRM")]),
    });
    await at.page.getByRole("heading", { name: "Whose rows?" }).waitFor();
    await see(at.page, "register", "register-suppliers");
    await hands.press("Show what they become");
    await at.page.getByText("Tick at least one supplier, or type a part of a name.").waitFor();
    await hands.choose("EXAMPLE WORKS");
    await hands.press("Show what they become");
    await at.page.getByRole("heading", { name: "What each row becomes" }).waitFor();
    await hands.choose("New: Parts of lot 2");
    await see(at.page, "register", "register-preview");
    expect(at.sent("dealings-change")).toBe(undefined);
    await hands.press("Import 2 rows …");
    await givePhrase(at, "Import");
    const { record, sig } = at.sent<{ record: DealingsRecord; sig: string }>("dealings-change");
    expect(record.changes.map(({ entry }) => entry?.what)).toEqual(["Parts of lot 1", "Parts of lot 3"]);
    expect(record.previous).toBe(records("dealings-record")[0]!.hash);
    expect(await holds("dealings", record, at.desk.key, sig)).toBe(true);
    expect(at.traffic.elsewhere()).toEqual([]);
    await at.context.close();
  });

  it("a file that is none says why, and nothing is imported", async () => {
    const at = await visit(1280);
    await at.go("register");
    await touch(at.page).press("Import from a file …");
    await at.page.locator('input[type="file"]').setInputFiles({
      name: "a.json",
      mimeType: "application/json",
      buffer: Buffer.from('{"no": "releases"}'),
    });
    await at.page.getByText("Nothing was imported.").waitFor();
    expect(at.sent("dealings-change")).toBe(undefined);
    await at.context.close();
  });

  it("a row by hand: what is wrong is said beside the fields, then it is one signed change", async () => {
    const at = await visit(360);
    await at.go("register");
    const hands = touch(at.page);
    await hands.press("Change … Spare parts and their upkeep");
    await hands.type("Amount", "1,2");
    await hands.press("Save the change …");
    await at.page.getByText("Write it in digits, as 1200000.50").waitFor();
    await hands.type("Amount", "1,200,000.50");
    await hands.choose("Ended");
    await hands.type("Since when that is so, if known", "2026-06-01");
    await hands.press("Save the change …");
    await givePhrase(at, "Change it");
    const { record } = at.sent<{ record: DealingsRecord }>("dealings-change");
    const entry = dealing("Spare parts and their upkeep");
    expect(record.changes).toEqual([
      { row: "own:parts", entry: { ...entry, status: "ended", since: "2026-06-01" } },
    ]);
    await at.context.close();
  });
});

async function holds(
  type: "response" | "judgement" | "dealings",
  record: Parameters<typeof encodeRecord>[0],
  organiser: string,
  sig: string,
): Promise<boolean> {
  const hash = recordHash(record.type, encodeRecord(record));
  const of = { type, workforce: record.workforce, letter: record.letter, record: hash };
  return await verifyRecord(of, [{ organiser, sig }]);
}
