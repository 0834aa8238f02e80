/**
 * What a reader meets: pages without any script, the same with script switched off, in print, in the dark, on a narrow
 * screen, from right to left; and texts that want to do harm, shown as the letters that they are.
 */
import type { Appearance, WorkforceManifest } from "@undersigned/core";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard } from "./kit/hands.ts";
import { FROM_RIGHT_TO_LEFT, harmful, harmfulNames, ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { nameless, outOfOrder, spoken } from "./kit/screen-reader.ts";
import { widerThanWindow } from "./kit/screens.ts";
import { type Site, startSite } from "./kit/site.ts";

const [ORDINARY_SLOT, RTL_SLOT, HARMFUL_SLOT] = [0, 1, 2];
/** Mails that people already have are accepted besides codes. */
const MAIL_OR_CODE: Pick<WorkforceManifest, "evidence" | "existingMail"> = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
  ],
  existingMail: {
    senders: ["Chat", "Sign-in notices of the code host"].map((name) => ({
      name,
      domain: "example.net",
      from: "no-reply@example.net",
      subject: null,
    })),
    notBefore: "2031-02-01",
    notAfter: "2031-03-31",
    records: [],
  },
};
const pictures = new Pictures("reader");
let site: Site;
let browser: Browser;

/** A third of them by name, a third by role, the others anonymous. */
function mixed(number: number): Appearance {
  if (number % 3 === 0)
    return {
      kind: "named",
      name: `Reader Number ${"ABCDEFGHIJ"[number / 3] ?? "Z"}`,
      confirmed: null,
      role: "Engineer",
      place: null,
    };
  if (number % 3 === 1) return { kind: "role", role: "Engineer", place: "Exampleton" };
  return { kind: "anonymous" };
}

beforeAll(async () => {
  site = await startSite({
    seed: 51,
    letters: 3,
    workforce: { roles: ["Engineer"], places: ["Exampleton"], ...MAIL_OR_CODE },
    text: (slot) => [ORDINARY, FROM_RIGHT_TO_LEFT, harmful()][slot] ?? {},
  });
  browser = await launchBrowser();
  const names = harmfulNames();
  const byName = (number: number): Appearance => ({
    kind: "named",
    name: names[number]!,
    confirmed: null,
    role: null,
    place: null,
  });
  await site.crowd(12, mixed, ORDINARY_SLOT);
  await site.crowd(6, mixed, RTL_SLOT);
  await site.crowd(Math.min(names.length, 60), byName, HARMFUL_SLOT);
  await site.nextDay();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

let opened: Page | null = null;
afterEach(async () => {
  await opened?.context().close();
  opened = null;
});

type Shown = { readonly page: Page; readonly traffic: Traffic; readonly requests: readonly Request[] };

async function open(path: string, options: BrowserContextOptions = {}): Promise<Shown> {
  const { context, traffic } = await site.visit(browser, {
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const requests: Request[] = [];
  context.on("request", (request) => requests.push(request));
  const page = await context.newPage();
  opened = page;
  const answer = await page.goto(site.address(path));
  expect(answer?.status(), path).toBe(200);
  return { page, traffic, requests };
}

/** Every page that is for reading. */
const READING = {
  front: () => "/",
  learns: () => "/who-can-learn-what",
  "saving-a-mail": () => "/saving-a-mail",
  letter: () => site.letterPath(ORDINARY_SLOT),
  "letter-rtl": () => site.letterPath(RTL_SLOT),
  signatories: () => `${site.letterPath(ORDINARY_SLOT)}/signatories/1`,
} as const;
const pages = Object.entries(READING);

describe.each(pages)("the page %s", (name, path) => {
  it("asks for its text and its style, and for nothing else of anyone", async () => {
    const { page, traffic, requests } = await open(path());
    const kinds = new Set(requests.map((request) => request.resourceType()));
    expect([...kinds].sort()).toEqual(["document", "stylesheet"]);
    expect(traffic.elsewhere()).toEqual([]);
    expect(
      await page
        .locator("script, svg:not(.plot, .plot *), math, iframe, object, embed, style, [style]")
        .count(),
    ).toBe(0);
  });

  it("lets no script in by its policy", async () => {
    const { page } = await open(path());
    const policy = (await page.request.get(page.url())).headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe|data:|\*/);
  });

  it("says the same with script switched off, as in Tor Browser's Safest", async () => {
    const withScript = await open(path());
    const text = await withScript.page.locator("body").innerText();
    await withScript.page.context().close();
    const { page } = await open(path(), { javaScriptEnabled: false });
    expect(await page.locator("body").innerText()).toBe(text);
  });

  it("has nothing that axe finds, in light and in dark", async () => {
    const { page } = await open(path());
    expect(await axeFindings(page)).toEqual([]);
    await pictures.take(page, name);
    await page.emulateMedia({ colorScheme: "dark" });
    await pictures.take(page, `${name}-dark`);
  });

  it("fits into 320 pixels", async () => {
    const { page } = await open(path(), { viewport: { width: 320, height: 640 } });
    expect(await widerThanWindow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await pictures.take(page, name);
  });

  it("has a name for every link, and headings in order", async () => {
    const { page } = await open(path());
    const lines = await spoken(page);
    expect(nameless(lines)).toEqual([]);
    expect(lines.filter((line) => line.startsWith("heading")).length).toBeGreaterThan(0);
    expect(await page.locator("h1").count()).toBe(1);
  });
});

describe("the letter's page", () => {
  it("says the number, what it is out of, how it was verified and where it stands", async () => {
    const { page } = await open(site.letterPath());
    const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
    expect(text).toContain("12 signatories proved a work mailbox at example.com");
    expect(text).toMatch(/1,400 employees/);
    expect(text).toMatch(/Open for signing until .*31.*left/);
    expect(text).toContain("First Office");
    expect(text).toContain("1 February");
    expect(text).toContain("A mail that the person already had");
  });

  it("is heard in the order in which it is read", async () => {
    const { page } = await open(site.letterPath());
    const order = [
      `link "Skip to the text"`,
      "banner",
      "main",
      `heading "Cancel the survey contract"`,
      `link "Sign this letter"`,
      `heading "Demands"`,
      `heading "Cancel it"`,
      `heading "What we say and where it comes from"`,
      `heading "Signatories"`,
      `heading "How signatories were verified"`,
      "contentinfo",
    ];
    expect(outOfOrder(await spoken(page), order)).toEqual([]);
  });

  it("shows signatories as they chose, and nothing of the others", async () => {
    const { page } = await open(site.letterPath());
    const text = await page.locator("main").innerText();
    expect(text).toContain("4 by name, 4 by role and 4 anonymously");
    expect(text).toContain("Reader Number A");
    expect(text).toContain("Exampleton");
    const heard = (await spoken(page)).filter((line) => line.includes("Reader Number A"));
    expect(heard).toEqual(["listitem: Reader Number A name given by the signatory Engineer"]);
  });

  it("leads on to signing and to every public file by keyboard", async () => {
    const { page } = await open(site.letterPath());
    await keyboard(page).follow("Sign this letter");
    await page.waitForURL(site.signAddress());
  });

  it("leads only to public files that are there", async () => {
    const { page } = await open(site.letterPath());
    const links = await page
      .locator("main a[href^='/']")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.length).toBeGreaterThan(5);
    for (const link of new Set(links)) expect((await page.request.get(link)).status(), link).toBe(200);
  });

  it("prints as a document: the text and the number, without what is only for a screen", async () => {
    const { page } = await open(site.letterPath());
    await page.emulateMedia({ media: "print" });
    await pictures.take(page, "letter-print");
    expect(await page.getByRole("link", { name: "Sign this letter" }).isVisible()).toBe(false);
    expect(await page.getByRole("link", { name: "Leave quickly" }).isVisible()).toBe(false);
    expect(await page.getByText("12 signatories proved").first().isVisible()).toBe(true);
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
  });
});

describe("a letter from right to left", () => {
  it("is set from right to left, and what is ours within it is not", async () => {
    const { page } = await open(site.letterPath(RTL_SLOT));
    const direction = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).direction);
    expect(await direction("main h1")).toBe("rtl");
    expect(await direction("main article")).toBe("rtl");
    const sentence = page.getByText("6 signatories proved").first();
    expect(await sentence.evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
    expect(await page.locator("main article").getAttribute("lang")).toBe("ar");
  });
});

describe("texts that want to do harm", () => {
  const paths = {
    letter: () => site.letterPath(HARMFUL_SLOT),
    signatories: () => `${site.letterPath(HARMFUL_SLOT)}/signatories/1`,
    front: () => "/",
    "signing page": () => `${site.letterPath(HARMFUL_SLOT)}/sign#${site.world.workforce}`,
    "recount page": () => `${site.letterPath(HARMFUL_SLOT)}/recount#${site.world.workforce}`,
  };

  it.each(Object.entries(paths))("do none on the %s", async (_, path) => {
    const { context, traffic } = await site.visit(browser, { viewport: { width: 360, height: 740 } });
    await context.addInitScript(() => {
      const harms: string[] = [];
      Object.assign(globalThis, { harms, harmed: (by: string) => harms.push(by) });
      for (const name of ["alert", "confirm", "prompt"])
        Object.assign(globalThis, { [name]: () => harms.push(name) });
    });
    const page = await context.newPage();
    opened = page;
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const address = site.address(path());
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    // What waits for a person waits no longer.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("main *")) {
        element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        element.dispatchEvent(new FocusEvent("focus"));
      }
    });
    expect(await page.evaluate(() => (globalThis as unknown as { harms: string[] }).harms)).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(page.url()).toBe(address);
    expect(traffic.elsewhere()).toEqual([]);
    const forbidden =
      "main script, main iframe, main form[action], main svg:not(.plot, .plot *), main object, main embed, main style";
    expect(await page.locator(forbidden).count()).toBe(0);
    const handlers = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) =>
        element.getAttributeNames().filter((attribute) => attribute.startsWith("on")),
      ),
    );
    expect(handlers).toEqual([]);
    const targets = await page
      .locator("a")
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol));
    expect(targets.filter((protocol) => !["http:", "https:", "mailto:"].includes(protocol))).toEqual([]);
    expect(await widerThanWindow(page)).toEqual([]);
    await pictures.take(page, `harmful-${_.replaceAll(" ", "-")}`);
  });

  it("are names that are shown as they were written", async () => {
    const { page } = await open(site.letterPath(HARMFUL_SLOT));
    const shown = await page.locator("bdi.name").allTextContents();
    expect(shown).toContain(`<script>harmed("script")</script>`);
  });
});

describe("leaving quickly", () => {
  it("leads away from the letter, without script, and clears what the browser has cached of the site", async () => {
    const { page } = await open(site.letterPath(), { javaScriptEnabled: false });
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url() === site.address("/left")),
      keyboard(page).follow("Leave quickly"),
    ]);
    expect(await answer.headerValue("clear-site-data")).toContain(`"cache"`);
    await page.waitForURL(site.address("/left"));
    expect(await page.locator("body").innerText()).not.toContain("survey");
  });

  it("leads to a page that says nothing of where one was, and on which axe finds nothing", async () => {
    const { page } = await open("/left");
    expect(await page.title()).not.toMatch(/undersigned|letter/i);
    expect(await axeFindings(page)).toEqual([]);
    await pictures.take(page, "left");
  });
});
