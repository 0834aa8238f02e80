/**
 * Names that people, or others for them, may type: each is shown as the letters that it is, or refused in a sentence that says
 * what to do; and what was typed stays where it was typed.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./kit/chromium.ts";
import { touch } from "./kit/hands.ts";
import { harmfulNames, ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { onScreen, widerThanWindow } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";

const pictures = new Pictures("signatory-names");
let site: Site;
let browser: Browser;
let context: BrowserContext;
let traffic: Traffic;
let page: Page;
let person: Signatory;

beforeAll(async () => {
  site = await startSite({ seed: 57, text: () => ORDINARY });
  browser = await launchBrowser();
  ({ context, traffic } = await site.visit(browser, { viewport: { width: 360, height: 740 } }));
  await context.addInitScript(() => {
    const harms: string[] = [];
    Object.assign(globalThis, {
      harms,
      harmed: (by: string) => harms.push(by),
      alert: () => harms.push("alert"),
    });
  });
  page = await context.newPage();
  person = new Signatory({ page, hands: touch(page), site });
  await person.arrive();
  await person.makePhrase();
  await person.enrol("many.names@example.com");
  await person.hands.press("Sign now");
  await person.see("appearance");
  await person.hands.choose("By name");
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const typeName = (name: string) => person.hands.type("Your name", name);

describe("a name that is shown", () => {
  it.each(harmfulNames().slice(0, 40))(
    "%j: the preview has these letters, and nothing is run",
    async (name) => {
      await typeName(name);
      await person.hands.press("Go on");
      await onScreen(page, "remainder");
      await person.hands.press("Go on");
      const review = await onScreen(page, "review");
      expect(await review.locator(".preview").innerText()).toContain(name);
      expect(await review.locator(".preview script, .preview img, .preview svg, .preview a").count()).toBe(0);
      expect(await page.evaluate(() => (globalThis as unknown as { harms: string[] }).harms)).toEqual([]);
      expect(await widerThanWindow(page)).toEqual([]);
      expect(traffic.elsewhere()).toEqual([]);
      await page.goBack();
      await page.goBack();
      await onScreen(page, "appearance");
      expect(await page.getByLabel("Your name", { exact: true }).inputValue()).toBe(name);
    },
  );
});

describe("a name that is refused", () => {
  it.each([
    ["with a right-to-left override", "Anna \u202eztraH"],
    ["with an isolate", "Anna \u2066Hart\u2069"],
    ["with a zero-width space", "Anna\u200bHart"],
    ["with a soft hyphen", "Anna\u00adHart"],
    ["with marks stacked up", "A\u0316\u0317\u0318\u0319\u031a\u031bnna"],
    ["of 10,000 characters", "a".repeat(10_000)],
    ["of nothing", "   "],
  ])("%s: in a sentence, with what was typed still there, and nothing is sent", async (_, name) => {
    await typeName(name);
    await person.hands.press("Go on");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/^[A-Z].{15,}\.$/s);
    await onScreen(page, "appearance");
    expect(await page.getByLabel("Your name", { exact: true }).inputValue()).toBe(name);
    expect(await widerThanWindow(page)).toEqual([]);
    expect(traffic.posts("/v1/endorsements")).toEqual([]);
    await pictures.take(page, "refused");
  });
});
