/**
 * Signing apart from enrolling: days later on another device with the file that was saved, and by a file that somebody else
 * sends. What is sent then comes from where the registrar has never seen anybody.
 */
import { readFile } from "node:fs/promises";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { Pictures } from "./kit/pictures.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite, type Visit } from "./kit/site.ts";
import { story } from "./kit/story.ts";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({ seed: 53, text: () => ORDINARY });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

type Device = Visit & { readonly page: Page; readonly person: Signatory };

async function device(pictures?: Pictures): Promise<Device> {
  const visit = await site.visit(browser, { viewport: { width: 360, height: 740 } });
  const page = await visit.context.newPage();
  const person = new Signatory({ page, hands: touch(page), site, ...(pictures && { pictures }) });
  return { ...visit, page, person };
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; buffer: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), buffer: await readFile(await (download as Download).path()) };
}

const upload = ({ name, buffer }: { name: string; buffer: Buffer }) => ({
  name,
  mimeType: "application/json",
  buffer,
});

const endorsements = async () =>
  (await site.leaves()).filter(({ leaf }) => leaf.type === "endorsement").length;

describe("saving and signing later", () => {
  const pictures = new Pictures("signatory-later");
  const step = story();
  let file: { name: string; buffer: Buffer };
  let phrase: string;

  step("saves the enrolment as a file that says nothing of whom or what it is for", async () => {
    const { context, page, person } = await device(pictures);
    await person.arrive();
    phrase = await person.makePhrase();
    await person.enrol("later@example.com");
    file = await saved(page, () => person.hands.press("Save and sign later"));
    expect(file.name).not.toMatch(/later@|example\.com|survey/i);
    const text = file.buffer.toString();
    for (const word of ["later@example.com", site.world.workforce, site.world.letters[0]!, "mailbox"]) {
      expect(text).not.toContain(word);
    }
    await context.close();
  });

  step("signs days later on another device, which the registrar never sees", async () => {
    await site.nextDay();
    await site.nextDay();
    const { context, traffic, page, person } = await device(pictures);
    await person.returnTo();
    await person.hands.type("Your phrase", phrase);
    await page.locator("[data-screen=phrase-typed] input[type=file]").first().setInputFiles(upload(file));
    await person.hands.press("Go on");
    await person.see("state");
    await person.sign({ as: "anonymous" });
    expect(traffic.posts().map(({ url }) => new URL(url).origin)).toEqual([site.origins[0]]);
    await context.close();
  });

  step("says plainly that a file does not open with another phrase", async () => {
    const { context, page, person } = await device();
    await person.returnTo();
    await person.hands.type("Your phrase", `${"abandon ".repeat(11)}about`);
    await page.locator("[data-screen=phrase-typed] input[type=file]").first().setInputFiles(upload(file));
    await person.hands.press("Go on");
    await expect.poll(() => page.getByRole("alert").allInnerTexts()).not.toEqual([]);
    expect(await page.getByLabel("Your phrase").inputValue()).toContain("abandon");
    await context.close();
  });
});

describe("handing the signature to somebody else", () => {
  const pictures = new Pictures("signatory-by-file");
  const step = story();
  let file: { name: string; buffer: Buffer };

  step("makes a file, and sends nothing itself", async () => {
    const { context, traffic, page, person } = await device(pictures);
    await person.arrive();
    await person.makePhrase();
    await person.enrol("by.file@example.com");
    await person.prepare({ as: "anonymous" });
    file = await saved(page, () => person.hands.press("Make a file instead"));
    expect(traffic.posts("/v1/endorsements")).toHaveLength(0);
    expect(file.buffer.toString()).not.toContain("by.file");
    await context.close();
  });

  step("is sent by somebody else, with the keyboard alone, who gets the receipt", async () => {
    const { context, traffic, page } = await device();
    const person = new Signatory({ page, hands: keyboard(page), site, pictures });
    await person.offerToSend();
    await page.locator("[data-screen=file-send] input[type=file]").setInputFiles(upload(file));
    await person.hands.press("Send");
    await person.see("receipt");
    expect(traffic.posts("/v1/endorsements")).toHaveLength(1);
    expect(traffic.posts("/v1/endorsements")[0]?.body?.toString()).toBe(file.buffer.toString());
    await context.close();
  });

  step("is sent twice and counts once", async () => {
    const { context, page, person } = await device();
    await person.offerToSend();
    await page.locator("[data-screen=file-send] input[type=file]").setInputFiles(upload(file));
    await person.hands.press("Send");
    await person.see("receipt");
    await site.crowd(6);
    await site.nextDay();
    expect(await endorsements()).toBe(8);
    await context.close();
  });

  step("refuses a file that is none, in a sentence", async () => {
    const { context, traffic, page, person } = await device();
    await person.offerToSend();
    await page
      .locator("[data-screen=file-send] input[type=file]")
      .setInputFiles(upload({ name: "x.json", buffer: Buffer.from("{}") }));
    await expect.poll(() => page.getByRole("alert").allInnerTexts()).not.toEqual([]);
    expect(traffic.posts()).toEqual([]);
    await context.close();
  });
});
