/**
 * The public life of a letter as readers see it, in English and from right to left: its page with the plot and the ways to follow it, its
 * timeline, a translation, and the company that it keeps. No script, any width, any hand.
 */
import type { ChronicleEntry, FollowedWorkforce } from "@undersigned/core";
import { sayIn } from "@undersigned/messages/node";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pictures as drawn } from "../../packages/cli/src/pictures.ts";
import { answerByMail, deliver, enterChronicle, judge, SOURCE } from "../kit/further-leaves.ts";
import { LogBuilder } from "../kit/log-builder.ts";
import { memorySource } from "../kit/public-files.ts";
import { oneInTurn, TAKES_PICTURES } from "../kit/size.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, unreachedByTab } from "./kit/hands.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";
import { Pictures } from "./kit/pictures.ts";
import { nameless, spoken } from "./kit/screen-reader.ts";
import { widerThanWindow } from "./kit/screens.ts";

const TODAY = "2026-07-12";
const STOP = { id: "stop", title: "Stop the trial", text: "Stop it.", met: "It is stopped." };
const LANGUAGES = ["en", "ar"] as const;
type Language = (typeof LANGUAGES)[number];
const PAGES = ["letter", "timeline", "translation", "elsewhere"] as const;
type PageName = (typeof PAGES)[number];

const pictures = new Pictures("followed");
let site: LogSite;
let browser: Browser;
let letterPath: string;
let opened: BrowserContext | null = null;

/** What another board was recounted to have. The second one lies since, and its last number stays. */
function followed(): FollowedWorkforce[] {
  const of = (char: string, employer: string, title: string, count: number): FollowedWorkforce => ({
    workforce: char.repeat(43),
    url: `https://${char.toLowerCase()}.example.org`,
    problem: null,
    verified: {
      day: "2026-07-11",
      employer,
      origin: `undersigned-log/${char}`,
      size: 900,
      root: `${"r".repeat(42)}A`,
      letters: [
        {
          letter: `${char.repeat(42)}A`,
          title,
          language: "en",
          organisation: employer,
          state: "open",
          opens: "2026-05-01",
          closes: "2026-08-01",
          days: { first: "2026-05-05", last: "2026-07-01" },
          counted: { mailbox: count, vouched: 3 },
          headcount: null,
          topics: ["maps"],
          delivered: null,
          answered: false,
        },
      ],
    },
  });
  return [
    of("C", "Example Cartography", "No maps for raids", 1204),
    {
      ...of("D", "Sample Industries", "Close the plant safely", 87),
      problem: { code: "log-forked", day: TODAY },
    },
  ];
}

function letterWithALife(): { readonly log: LogBuilder; readonly letter: string } {
  const log = new LogBuilder({ registrars: 1, quorum: 1 });
  log.addEpoch();
  const handle = log.addLetter({
    title: "End the work for the agency",
    manifest: (text) => {
      text.addressee = { ...text.addressee, mailbox: "answers@example.com" };
      text.demands = [STOP];
    },
  });
  const { letter } = handle;
  const by = log.organisers;
  const sign = (day: string, from: number, to: number) =>
    log.addBatch(
      day,
      Array.from({ length: to - from }, (_, i) => log.endorse(handle, from + i)),
    );
  const tell = (day: string, entry: ChronicleEntry) =>
    enterChronicle(log, letter, { day, by, edit: (record) => (record.entry = entry) });
  sign("2026-03-05", 0, 8);
  tell("2026-03-06", { kind: "topics", topics: ["maps", "public contracts"] });
  tell("2026-03-06", {
    kind: "translation",
    language: "es",
    title: "Terminen el trabajo para la agencia",
    body: "Les pedimos que *terminen*.",
    demands: [{ id: "stop", title: "Parar la prueba", text: "Que pare.", met: "Ha parado." }],
    supplement: null,
  });
  const report = tell("2026-03-07", {
    kind: "report",
    text: "Everybody has signed, a paper says.",
    source: SOURCE,
  });
  sign("2026-03-12", 8, 14);
  enterChronicle(log, letter, {
    day: "2026-03-14",
    by,
    edit: (record) => {
      record.replaces = report.record;
      record.entry = { kind: "report", text: "Some have signed.\n\nوقّع بعضهم.", source: SOURCE };
    },
  });
  tell("2026-04-01", {
    kind: "figure",
    what: "Staff in the office",
    value: "1200.5",
    unit: "posts",
    source: SOURCE,
  });
  sign("2026-04-02", 14, 17);
  log.close(handle, "2026-05-01");
  deliver(log, letter, { day: "2026-05-02", by: by.slice(0, 1) });
  answerByMail(log, letter, { day: "2026-05-06" });
  judge(log, letter, {
    day: "2026-05-07",
    by,
    edit: (record) => {
      record.state = "promised";
      record.until = "2026-06-01";
    },
  });
  tell("2026-05-08", {
    kind: "elsewhere",
    title: "No maps for raids",
    organisation: "Example Cartography",
    source: SOURCE,
    follows: null,
  });
  tell("2026-05-09", { kind: "mirror", url: "https://mirror.example.com/letters" });
  return { log, letter };
}

beforeAll(async () => {
  const { log, letter } = letterWithALife();
  site = await startLogSite({
    files: memorySource(await log.files()),
    workforce: log.workforce,
    employer: log.manifest.employer,
    origin: log.manifest.log.origin,
    day: TODAY,
    following: followed(),
    pictures: drawn,
  });
  letterPath = `/w/${log.workforce}/letters/${letter}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(async () => {
  await opened?.close();
  opened = null;
});

function pathOf(name: PageName, language: Language): string {
  const prefix = language === "en" ? "" : `/${language}`;
  const path = {
    letter: letterPath,
    timeline: `${letterPath}/timeline`,
    translation: `${letterPath}/translations/es`,
    elsewhere: "/elsewhere",
  }[name];
  return prefix + path;
}

async function open(path: string, width = 1280): Promise<Page> {
  await opened?.close();
  opened = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await opened.newPage();
  const answer = await page.goto(site.origin + path);
  expect(answer?.status(), path).toBe(200);
  return page;
}

describe.each(oneInTurn(LANGUAGES))("in %s", (language) => {
  const say = sayIn(language);

  describe.each(PAGES)("the page %s", (name) => {
    it("is in its language, has no script, asks nobody else, and nothing that axe finds", async () => {
      const page = await open("/who-can-learn-what");
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).origin));
      await page.goto(site.origin + pathOf(name, language));
      const html = page.locator("html");
      expect(await html.getAttribute("lang")).toBe(language);
      expect((await html.getAttribute("dir")) ?? "ltr").toBe(language === "ar" ? "rtl" : "ltr");
      expect(await page.locator("script").count()).toBe(0);
      expect([...new Set(asked)]).toEqual([site.origin]);
      // Digits are Latin ones in every language.
      expect(await page.locator("body").innerText()).not.toMatch(/[٠-٩۰-۹]/);
      expect(await axeFindings(page)).toEqual([]);
      expect(nameless(await spoken(page))).toEqual([]);
    });

    it("fits a window of 320 px", async () => {
      expect(await widerThanWindow(await open(pathOf(name, language), 320))).toEqual([]);
    });

    it("is gone through with the Tab key", async () => {
      const page = await open(pathOf(name, language));
      expect(await page.locator("a[href]").count()).toBeGreaterThan(5);
      expect(await unreachedByTab(page)).toEqual([]);
    });

    it.runIf(TAKES_PICTURES)("is pictured", async () => {
      for (const width of [360, 1280])
        await pictures.take(await open(pathOf(name, language), width), `${name}-${language}`);
    });
  });

  it("the letter's page leads by keyboard to its timeline, its translation, and the binding text", async () => {
    const page = await open(pathOf("letter", language));
    await keyboard(page).follow(say("followed.link"));
    await page.waitForURL(/\/timeline$/);
    const events = page.locator("ol.timeline > li");
    const days = await events.evaluateAll((all) =>
      all.map((one) => one.querySelector("time")?.getAttribute("datetime") ?? ""),
    );
    expect(days.length).toBeGreaterThan(8);
    expect(days).toEqual([...days].sort());
    expect(await page.getByRole("img").count()).toBeGreaterThan(0);
    await keyboard(page).follow("End the work for the agency");
    await page.waitForURL((url) => url.pathname === pathOf("letter", language));
    // Called by the language's name, in the language of the page.
    await keyboard(page).follow(await page.locator('a[href$="/translations/es"]').innerText());
    await page.waitForURL(/\/translations\/es$/);
    const text = page.locator("[lang=es]").filter({ hasText: "Les pedimos que terminen." });
    expect(await text.first().evaluate((one) => getComputedStyle(one).direction)).toBe("ltr");
  });

  it("the ways to follow lead to files that are there, and the frame is shown by keyboard", async () => {
    const page = await open(pathOf("letter", language));
    const section = page.locator("section[aria-labelledby=pass-on]");
    const links = await section
      .getByRole("link")
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    const ends = links.map((link) => link.split("/").at(-1));
    expect(ends).toEqual(["feed.atom", "feed.json", "dates.ics", "card.png", "badge.svg", "qr.svg"]);
    for (const link of links) {
      expect(new URL(link).pathname.startsWith(pathOf("letter", language)), link).toBe(true);
      expect((await page.request.get(link)).status(), link).toBe(200);
    }
    const summary = section.locator("summary");
    const code = section.getByText("<iframe");
    expect(await code.isVisible()).toBe(false);
    await summary.focus();
    await page.keyboard.press("Enter");
    await code.waitFor();
  });

  it("the directory is found from the front page and filtered by keyboard; a board that lies is named", async () => {
    const page = await open(language === "en" ? "/" : `/${language}`);
    await keyboard(page).follow(say("ways.front-link"));
    await page.waitForURL(/\/elsewhere$/);
    const letters = page.locator("ul.letters > li");
    expect(await letters.count()).toBe(3);
    // 17 here, 1,204 and 87 elsewhere.
    expect(await page.locator(".tally").innerText()).toMatch(/1[.,٬]308/);
    const liar = letters.filter({ hasText: "Close the plant safely" });
    expect(await liar.innerText()).toContain(say("ways.problem.log-forked"));
    await keyboard(page).select(say("ways.company-label"), "Example Cartography");
    await keyboard(page).press(say("ways.show"));
    await page.waitForURL(/company=Example/);
    expect(await letters.count()).toBe(1);
    expect(await letters.innerText()).toMatch(/1[.,٬]204/);
  });
});
