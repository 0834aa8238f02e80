/**
 * Every page about letters at the organisers' desk, in states that a real board would need days for: axe in light and dark, names
 * for a screen reader, 320 px, and pictures at 360 and 1280 px in test/browser/pictures/organisers-letter-pages.
 */
import { addDays } from "@undersigned/core";
import type { Language } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { page as pdfPage } from "../../packages/clean/test/pdf-kit.ts";
import { LogBuilder } from "../kit/log-builder.ts";
import { memorySource } from "../kit/public-files.ts";
import { oneInTurn } from "../kit/size.ts";
import {
  type AnsweredDesk,
  AnsweredDocument,
  type Answers,
  answerDesk,
  id16,
  id32,
} from "./kit/answered-desk.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch, unreachedByTab } from "./kit/hands.ts";
import { DESK_AREAS, englishIn } from "./kit/in-language.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";
import { Traffic } from "./kit/network.ts";
import { pictureWithTraces } from "./kit/picture-with-traces.ts";
import { Pictures } from "./kit/pictures.ts";
import { nameless, spoken } from "./kit/screen-reader.ts";
import { widerThanWindow } from "./kit/screens.ts";
import { setClock } from "./kit/site.ts";

const DAY = "2026-03-02";
const DRAFT = id16(5);
const pictures = new Pictures("organisers-letter-pages");

let browser: Browser;
let site: LogSite;
let log: LogBuilder;

beforeAll(async () => {
  log = new LogBuilder({ registrars: 1, quorum: 1 });
  log.addEpoch();
  log.addLetter();
  const files = memorySource(await log.files());
  const { employer } = log.manifest;
  site = await startLogSite({
    files,
    workforce: log.workforce,
    employer,
    origin: log.manifest.log.origin,
    day: DAY,
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const BODY =
  "We build the tools that nurses rely on.\n\n## What has changed\n\nSince spring, *three* of four requests for a second reader were refused. **We ask you to stop.**\n\n- no ward without a second reader\n- no sale of what patients told us\n";

function draftValues() {
  const { opens, closes } = log.letters[0]!.leaf;
  return {
    language: "en",
    title: "A second reader on every ward",
    addressee: {
      name: "The chief executive",
      organisation: "Example Hospitals",
      mailbox: "office@example.com",
    },
    body: BODY,
    demands: ["reader", "data"],
    "demand:reader": {
      title: "A second reader",
      text: "No dose leaves a ward unread.",
      met: "The rota shows two names by June.",
    },
    "demand:data": {
      title: "No sale",
      text: "What patients told us is not sold.",
      met: "The contract has ended.",
    },
    supplementTitle: "What we rest on",
    claims: ["refused"],
    "claim:refused": {
      text: "Three of four requests were refused.",
      sources: [
        {
          title: "Annual report",
          publisher: "Example Hospitals",
          day: "2026-01-15",
          url: "https://example.com/report?page=3",
          quote: "Requests: 412. Granted: 103.",
          copy: null,
        },
      ],
    },
    opens,
    closes,
    delivers: addDays(closes, 3),
    delivery: "By hand, to the front office.",
    passOn: "Some of us have written a letter. Read it at home, on a device of your own.",
    listed: false,
  };
}

function answersOf(document: AnsweredDocument): Answers {
  const { letter } = log.letters[0]!;
  const { opens, closes } = log.letters[0]!.leaf;
  const summary = {
    workforce: log.workforce,
    letter,
    title: "A second reader on every ward",
    state: "open" as const,
    listed: false,
    opens,
    closes,
    delivers: "2026-05-01",
    awaits: [],
    count: 333,
    replaces: null,
    linkKey: id32(7),
  };
  const quiet = {
    ...summary,
    letter: id32(8),
    title: "Parking",
    state: "quiet" as const,
    listed: true,
    linkKey: null,
    count: 0,
  };
  return {
    home: () => ({
      me: { id: id16(1), alias: "Heron", role: "owner", since: DAY },
      day: DAY,
      owners: 2,
      organisers: 3,
      workforces: [{ workforce: log.workforce, employer: log.manifest.employer, opener: true }],
      passkeys: [],
      listHead: null,
    }),
    documents: () => ({ documents: [document.read().summary] }),
    "document-new": () => document.read().summary,
    "document-read": () => document.read(),
    "document-save": (body) => document.save(body),
    "copy-add": ({ bytes }) => ({ sha256: id32(9), type: "image/png", bytes: bytes.length }),
    "copy-compared": () => ({ comparison: null }),
    "copy-compare": ({ url }) => ({
      ...{ url, day: DAY, state: "changed" as const, why: null, gone: 12, added: 30 },
      differences: [{ in: "copy" as const, text: "Granted: 103." }],
    }),
    rehearsal: () => ({ state: "none", step: "", done: 0, address: null }),
    letters: () => ({ letters: [summary, quiet] }),
    dashboard: () => ({
      summary,
      day: DAY,
      counted: { mailbox: 312, vouched: 21 },
      withdrawn: { mailbox: 2, vouched: 0 },
      days: [
        { day: addDays(opens, 1), mailbox: 130, vouched: 0 },
        { day: addDays(opens, 2), mailbox: 84, vouched: 21 },
        { day: addDays(opens, 5), mailbox: 100, vouched: 0 },
      ],
      shown: { named: 40, confirmed: 12, role: 120, anonymous: 170, hidden: 3 },
      headcount: { number: 1400, source: "Annual report", day: "2026-01-01" },
      issued: [{ registrar: "Registrar 1", day: DAY, mailbox: 340, vouched: 20 }],
      next: { mailbox: addDays(DAY, 1), vouched: addDays(DAY, 1) },
      first: { needed: 100, reached: true },
      closing: null,
      log: { size: 345, origin: log.manifest.log.origin },
      storage: { bytes: 8_400_000, free: 12_000_000_000 },
      certificate: { kind: "own", until: addDays(DAY, 40) },
      thin: ["small-class"],
      waiting: 2,
    }),
    queue: () => ({
      items: [
        {
          index: 12,
          name: "T. Chief Executive",
          role: null,
          place: null,
          confirmed: false,
          hits: ["impersonation"],
          state: "waiting",
        },
        {
          index: 19,
          name: "visit example.com",
          role: "Nurse",
          place: null,
          confirmed: false,
          hits: ["link", "not-a-name"],
          state: "waiting",
        },
        {
          index: 14,
          name: "A. Sample",
          role: "Nurse",
          place: "Ward 3",
          confirmed: true,
          hits: [],
          state: "shown",
        },
      ],
    }),
    decide: () => ({}),
    "moderation-lists": () => ({ publicFigures: ["The Minister"], words: [], version: 1 }),
  };
}

interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly desk: AnsweredDesk;
  readonly document: AnsweredDocument;
  readonly traffic: Traffic;
  go(hash: string): Promise<void>;
}

async function visit(
  width: number,
  changes: Record<string, unknown> = {},
  language: Language = "en",
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(10_000);
  await setClock(context, Date.parse(`${DAY}T10:00:00Z`));
  const summary = {
    id: DRAFT,
    kind: "letter",
    state: "draft",
    title: "A second reader",
    day: DAY,
    published: null,
  } as const;
  const owners = [log.opener.publicKey, id32(2)];
  const document = new AnsweredDocument(summary, log.workforce, owners, { ...draftValues(), ...changes });
  const desk = await answerDesk(context, "owner", DAY, answersOf(document));
  const traffic = new Traffic(context, [site.origin]);
  const page = await context.newPage();
  await desk.enter(page, site.origin, language);
  const go = async (hash: string) => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
  };
  return { context, page, desk, document, traffic, go };
}

async function see(page: Page, screen: string, language: Language): Promise<void> {
  const section = page.locator(`[data-screen="${screen}"]`);
  await section.waitFor();
  await page.locator("progress").waitFor({ state: "detached" });
  await pictures.take(page, language === "en" ? screen : `${screen}-${language}`);
  if (language !== "en") {
    expect(
      englishIn(language, await page.innerText("body"), DESK_AREAS),
      `English words on ${screen}`,
    ).toEqual([]);
  }
  expect(nameless(await spoken(section)), `controls of ${screen} without a name`).toEqual([]);
  expect(await axeFindings(page), `axe on ${screen}`).toEqual([]);
  expect(await unreachedByTab(page, screen), `controls of ${screen} beyond the keyboard`).toEqual([]);
  expect(await widerThanWindow(page), `${screen} is wider than the window`).toEqual([]);
}

const PAGES: readonly [hash: string, screen: string][] = [
  ["letters", "letters"],
  ...["addressee", "text", "demands", "sources", "days", "signing", "passing-on"].map(
    (section): [string, string] => [`draft.${DRAFT}.${section}`, `letter-${section}`],
  ),
  [`review.${DRAFT}`, "review"],
  ["letter.LETTER", "letter"],
  ["moderation", "moderation"],
  ["moderation.LETTER", "moderation"],
];

const WINDOWS = [
  [360, "en"],
  [1280, "en"],
  [360, "ar"],
  [1280, "ar"],
  [360, "de"],
  [1280, "es"],
  [360, "fr"],
  [1280, "zh"],
] as const;

describe.each(oneInTurn(WINDOWS))("in a window of %i pixels, in %s", (width, language) => {
  let at: Visit;
  beforeAll(async () => {
    at = await visit(width, {}, language);
  });
  afterAll(() => at?.context.close());

  it.each(PAGES)("#%s is as it should be", async (hash, screen) => {
    await at.go(hash.replace("LETTER", log.letters[0]!.letter));
    await see(at.page, screen, language);
    if (width === 360) {
      await at.page.setViewportSize({ width: 320, height: 700 });
      expect(await widerThanWindow(at.page), `${screen} at 320 pixels`).toEqual([]);
      await at.page.setViewportSize({ width: 360, height: 800 });
    }
  });

  it("a new letter begins in the language of the desk", async () => {
    await at.go("letters");
    const name = sayIn(language)("desk-letters.write-a-new-letter");
    await at.page.getByRole("button", { name, exact: true }).click();
    await at.page.locator('[data-screen="letter-addressee"]').waitFor();
    const saved = at.desk.asked.filter(({ act }) => act === "document-save").map(({ body }) => body);
    const { id } = at.desk.asked.find(({ act }) => act === "document-new")!.body as { id: string };
    const changes = [{ name: "language", base: 0, value: JSON.stringify(language) }];
    expect(saved).toEqual(language === "en" ? [] : [{ id, changes }]);
  });

  it("asks nobody but its own board", () => expect(at.traffic.elsewhere()).toEqual([]));
});

describe("writing", () => {
  it("by the keyboard alone: adds, moves, takes out and puts back a demand", async () => {
    const { context, page, document, go } = await visit(360);
    const hands = keyboard(page);
    await go(`draft.${DRAFT}.demands`);
    await hands.press("Add a demand");
    await expect.poll(() => page.locator("[data-part]").count()).toBe(3);
    await hands.press("Move up Demand 3");
    await expect.poll(() => document.value("demands")).toHaveLength(3);
    await hands.press("Take out Demand 1");
    await expect.poll(() => document.value("demands")).not.toContain("reader");
    await hands.press("Put it back");
    await expect.poll(() => (document.value("demands") as string[])[0]).toBe("reader");
    await context.close();
  });

  it("finds what was pasted, and takes it out by one press", async () => {
    const { context, page, document, go } = await visit(360);
    await go(`draft.${DRAFT}.text`);
    await page.getByLabel("Title", { exact: true }).fill("A se\u200bcond\u00ad reader");
    await touch(page).press("Clean: Title");
    await expect.poll(() => document.value("title")).toBe("A second reader");
    expect(await page.getByRole("button", { name: "Clean: Title" }).count()).toBe(0);
    await context.close();
  });

  it("shows Markdown without script and without asking for a remote image", async () => {
    const hostile = [
      "![a](https://evil.example/a.png)",
      "<img src=https://evil.example/b.png onerror=alert(1)>",
      "<script>alert(1)</script>",
      "[c](javascript:alert(1))",
      "[d](data:text/html,x)",
      "<iframe src=https://evil.example></iframe>",
      "![e][f]\n\n[f]: https://evil.example/e.png",
    ].join("\n\n");
    const { context, page, traffic, go } = await visit(360, { body: hostile });
    let ran = false;
    page.on("dialog", () => {
      ran = true;
    });
    for (const [hash, place] of [
      [`draft.${DRAFT}.text`, ".preview .prose"],
      [`review.${DRAFT}`, ".as-read .prose"],
    ] as const) {
      await go(hash);
      const prose = page.locator(place);
      await expect.poll(() => prose.textContent()).toContain("alert(1)");
      expect(await prose.locator("img, script, iframe, [src], [style]").count()).toBe(0);
      const links = await prose.locator("a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      expect(links.filter((href) => !/^https:/.test(href ?? ""))).toEqual([]);
    }
    expect(traffic.elsewhere()).toEqual([]);
    expect(ran).toBe(false);
    await context.close();
  });

  it("cleans a picture on the device: what is sent has neither place nor author", async () => {
    const { context, page, desk, go } = await visit(360);
    await go(`draft.${DRAFT}.sources`);
    const picture = pictureWithTraces();
    await page.getByLabel("A copy of it, if it may vanish", { exact: true }).setInputFiles({
      name: "a.png",
      mimeType: "image/png",
      buffer: picture,
    });
    await page.getByText("This file would give away:").waitFor();
    await pictures.take(page, "copy-found");
    await touch(page).press("Clean it and keep it");
    await page.getByText("A copy is kept.").waitFor();
    const { bytes } = desk.asked.find(({ act }) => act === "copy-add")!.body as { bytes: string };
    const sent = Buffer.from(bytes, "base64url");
    expect(picture.includes("Author")).toBe(true);
    expect(sent.includes("Author")).toBe(false);
    expect(sent.subarray(0, 8)).toEqual(picture.subarray(0, 8));
    await context.close();
  });

  it("cleans a PDF in the same way, with what reads PDF loaded for it alone", async () => {
    const { context, page, desk, go } = await visit(1280);
    await go(`draft.${DRAFT}.sources`);
    const document = Buffer.from(
      pdfPage("", "", { 9: "<< /Author (Somebody) /Creator (An editor) >>" }, "/Info 9 0 R"),
    );
    await page.getByLabel("A copy of it, if it may vanish", { exact: true }).setInputFiles({
      name: "a.pdf",
      mimeType: "application/pdf",
      buffer: document,
    });
    await page.getByText("This file would give away:").waitFor();
    await touch(page).press("Clean it and keep it");
    await page.getByText("A copy is kept.").waitFor();
    const { bytes } = desk.asked.find(({ act }) => act === "copy-add")!.body as { bytes: string };
    const sent = Buffer.from(bytes, "base64url");
    expect(document.includes("Somebody")).toBe(true);
    expect(sent.includes("Somebody")).toBe(false);
    expect(sent.subarray(0, 5).toString()).toBe("%PDF-");
    await context.close();
  });

  it("cleans a saved page, and says what stands at its link since", async () => {
    const { context, page, desk, go } = await visit(360);
    await go(`draft.${DRAFT}.sources`);
    await page.getByLabel("A copy of it, if it may vanish", { exact: true }).setInputFiles({
      name: "report.html",
      mimeType: "text/html",
      buffer: Buffer.from(
        "<!doctype html><!-- saved from url=(0020)https://example.com/ --><p class=somebody>Granted: 103.<script>1</script>",
      ),
    });
    await page.getByText("This file would give away:").waitFor();
    await touch(page).press("Clean it and keep it");
    await page.getByText("A copy is kept.").waitFor();
    const { bytes } = desk.asked.find(({ act }) => act === "copy-add")!.body as { bytes: string };
    const sent = Buffer.from(bytes, "base64url").toString();
    expect(sent).toContain("<body><p>Granted: 103.</p></body>");
    expect(sent).not.toMatch(/saved from|somebody|script/);
    await page.getByText("by its own network address and not by yours").waitFor();
    await touch(page).press("Have the board’s server compare it with the link");
    await page.getByText("Of the copy 12 % is not there any more").waitFor();
    await pictures.take(page, "copy-compared");
    expect(desk.asked.find(({ act }) => act === "copy-compare")!.body).toEqual({
      sha256: id32(9),
      url: "https://example.com/report?page=3",
    });
    await context.close();
  });
});

describe("moderating", () => {
  it("sends nothing before it is told to, and what was undone never", async () => {
    const { context, page, desk, go } = await visit(360);
    await go(`moderation.${log.letters[0]!.letter}`);
    const hands = touch(page);
    await hands.press("Show T. Chief Executive");
    await hands.press("Hide … visit example.com");
    await hands.press("Hide it");
    await hands.press("Undo T. Chief Executive");
    await pictures.take(page, "moderation-decided");
    expect(desk.asked.filter(({ act }) => act === "decide")).toEqual([]);
    await hands.press("Send decisions");
    await page.locator("bdi", { hasText: "visit example.com" }).waitFor({ state: "detached" });
    const sent = desk.asked.filter(({ act }) => act === "decide").map(({ body }) => body);
    expect(sent).toMatchObject([{ index: 19, show: false, reason: "link" }]);
    await context.close();
  });
});
