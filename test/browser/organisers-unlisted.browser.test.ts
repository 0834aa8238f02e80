/**
 * An unlisted letter, from its link to the day on which everyone may read it. What stands behind the link's full stop opens the
 * text, on the reader's device: no request, no storage and no address that stays may ever hold it.
 */
import { createLinkKey, linkKeyText } from "@undersigned/core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { oneInTurn } from "../kit/size.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { type PublishedLetter, publishNext, reveal } from "./kit/publish.ts";
import { nameless, spoken } from "./kit/screen-reader.ts";
import { onScreen, widerThanWindow } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";

const TITLE = "Cancel the survey contract";
const UNLISTED = 1;
const pictures = new Pictures("organisers-unlisted");
let site: Site;
let browser: Browser;
let published: PublishedLetter;

beforeAll(async () => {
  const roles = { roles: ["Engineer"], places: ["Exampleton"] };
  site = await startSite({
    seed: 71,
    workforce: roles,
    text: (slot) => (slot === UNLISTED ? ORDINARY : { title: "Another letter" }),
  });
  browser = await launchBrowser();
  published = await publishNext(site, { unlisted: true });
  const role = { kind: "role" as const, role: "Engineer", place: null };
  await site.crowd(8, () => role, UNLISTED);
  await site.nextDay();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

let context: BrowserContext | null = null;
afterEach(async () => {
  await context?.close();
  context = null;
});

function link(key = published.linkKey): string {
  const fragment = key === null ? "" : `.${key}`;
  return `${site.address(site.letterPath(UNLISTED))}#${site.world.workforce}${fragment}`;
}

async function open(width: number, script = true): Promise<{ page: Page; traffic: Traffic }> {
  const visit = await site.visit(browser, { viewport: { width, height: 800 }, javaScriptEnabled: script });
  context = visit.context;
  return { page: await context.newPage(), traffic: visit.traffic };
}

async function follow(width: number, address = link()) {
  const at = await open(width);
  await at.page.goto(address);
  return at;
}

/** The bare key in anything that leaves the page or stays behind it. */
async function keyKept(page: Page, traffic: Traffic): Promise<string[]> {
  const key = published.linkKey!.slice(1);
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  const inPage = await page.evaluate(() => ({
    address: location.href,
    state: history.state,
    stored: [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie],
  }));
  const found = [
    ...traffic.asked.map(({ url, body }) => `request ${url} ${body?.toString("latin1") ?? ""}`),
    ...entries.map(({ url, title }) => `history ${url} ${title}`),
    `page ${JSON.stringify(inPage)} ${await page.title()}`,
  ];
  return found.filter((text) => text.includes(key));
}

describe("the letter's page, opened by its link", () => {
  it.each(oneInTurn([360, 1280]))(
    "shows the text as it will stand there for all, at %d pixels",
    async (width) => {
      const { page, traffic } = await follow(width);
      await page.getByText("has opened it with your link and checked it").waitFor();
      expect(await page.locator("h1").innerText()).toBe(TITLE);
      const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
      for (const part of ["a way to find people", "Look before signing", "Met when", "Award notice 42"]) {
        expect(text).toContain(part);
      }
      expect(text).toContain("Anyone can see that this letter exists, its days and its number");
      expect(text).toContain("8 signatories proved a work mailbox");
      expect(text).toContain("Nobody is shown while this letter is unlisted.");
      expect(text).not.toContain("Engineer");
      expect(await page.locator("main strong", { hasText: "one contract" }).count()).toBe(1);
      expect(await axeFindings(page)).toEqual([]);
      expect(nameless(await spoken(page))).toEqual([]);
      expect(await widerThanWindow(page)).toEqual([]);
      await pictures.take(page, "read");
      expect(await keyKept(page, traffic)).toEqual([]);
      expect(traffic.elsewhere()).toEqual([]);
    },
  );

  it("fits into 320 pixels, in the dark too", async () => {
    const { page } = await follow(320);
    await page.getByText("has opened it with your link").waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await widerThanWindow(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await pictures.take(page, "read-dark");
  });

  it("leads by keyboard to counting again, which reads the text and shows its title", async () => {
    const { page, traffic } = await follow(1280);
    await page.getByText("has opened it with your link").waitFor();
    await keyboard(page).follow("Count again yourself");
    await keyboard(page).press("Recount from this board");
    const result = await onScreen(page, "result", { focus: false });
    expect(await result.innerText()).toContain("Every check holds");
    expect(await result.innerText()).toContain(TITLE);
    await pictures.take(page, "recounted");
    expect(await keyKept(page, traffic)).toEqual([]);
  });

  it.each([
    ["without the end of the link", () => link(null), "is read with its link"],
    ["with a link that was cut short", () => link().slice(0, -9), "The link is not whole"],
    ["with another key", () => link(linkKeyText(createLinkKey())), "does not open with this link"],
  ])("%s says so, and shows nothing", async (name, address, said) => {
    const { page } = await follow(360, address());
    await page.getByText(said).last().waitFor();
    expect(await page.locator("main").innerText()).not.toMatch(/survey|Cancel it/);
    expect(await axeFindings(page)).toEqual([]);
    await pictures.take(page, name.replaceAll(" ", "-"));
  });

  it("says the command where there is no script", async () => {
    const { page } = await open(360, false);
    await page.goto(link());
    const text = await page.locator("main").innerText();
    expect(text).toContain("npx undersigned verify");
    expect(text).not.toContain(TITLE);
    await pictures.take(page, "without-script");
  });
});

describe("somebody who signs an unlisted letter", () => {
  it("reads its name from the link, is told who will be shown when, and leaves no trace of the key", async () => {
    const { page, traffic } = await follow(360);
    await page.getByText("has opened it with your link").waitFor();
    const person = new Signatory({
      page,
      hands: touch(page),
      site,
      pictures: new Pictures("unlisted-signing"),
    });
    await person.hands.follow("Sign this letter");
    expect(await (await person.see("warning")).page().locator(".letter-line").innerText()).toContain(TITLE);
    expect(await keyKept(page, traffic)).toEqual([]);
    await person.hands.press("I am on my own device");
    await person.see("learns");
    await person.hands.press("Go on");
    await person.keepNothing();
    await person.enrol("dana.example@example.com");
    await person.hands.press("Sign now");
    const choice = await person.see("appearance");
    expect(await choice.innerText()).toContain("what you choose here is shown to everyone");
    await person.chooseToAppear({ as: "named", name: "Dana Example" });
    await person.hands.press("Go on");
    await person.see("remainder");
    await person.hands.press("Go on");
    expect(await (await person.see("review")).innerText()).toContain(
      "Nobody is shown while this letter is unlisted",
    );
    await person.hands.press("Sign");
    await person.see("receipt");
    expect(await keyKept(page, traffic)).toEqual([]);
  });

  it("is stopped without the link's key, and with another one, before anything is sent", async () => {
    const sign = `${site.address(site.letterPath(UNLISTED))}/sign#${site.world.workforce}`;
    for (const [address, said] of [
      [sign, "it is read with its link"],
      [`${sign}.${linkKeyText(createLinkKey())}`, "does not open with this link"],
    ] as const) {
      const { page, traffic } = await follow(360, address);
      expect(await (await onScreen(page, "stopped")).innerText()).toContain(said);
      expect(traffic.posts()).toEqual([]);
      await context?.close();
    }
  });
});

describe("once it is made public", () => {
  it("the page shows text and people without a script, and the same text as the link did", async () => {
    await site.nextDay();
    await reveal(site, published.letter);
    const { page, traffic } = await follow(1280, link(null));
    const text = await page.locator("main").innerText();
    expect(await page.locator("h1").innerText()).toBe(TITLE);
    expect(text).toContain("Dana Example");
    expect(text).toContain("8 by role");
    expect(text).toContain("This letter was unlisted at first.");
    expect(await page.locator("script").count()).toBe(0);
    expect(traffic.asked.map(({ url }) => url).filter((url) => url.endsWith(".js"))).toEqual([]);
    await pictures.take(page, "public");
  });
});
