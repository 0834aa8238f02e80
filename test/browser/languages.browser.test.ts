/** Signing and recounting in Arabic (from right to left) and in Spanish, on a phone. */
import { sayIn } from "@undersigned/messages/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oneInTurn } from "../kit/size.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { touch } from "./kit/hands.ts";
import { addressIn, englishIn, handsIn } from "./kit/in-language.ts";
import { ORDINARY } from "./kit/letters.ts";
import { Pictures } from "./kit/pictures.ts";
import { inspect } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({ seed: 53, workforce: { roles: ["Nurse"], places: [] }, text: () => ORDINARY });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const PHONE = { width: 360, height: 740 };
const AREAS = ["sign", "sign-signing", "ui"];

const PEOPLE = [
  ["ar", "rtl", "sami@example.com"],
  ["es", "ltr", "ines@example.com"],
] as const;

describe.each(oneInTurn(PEOPLE))("in %s", (language, direction, mailbox) => {
  const say = sayIn(language);
  const at = (address: string) => addressIn(language, address);

  it("somebody signs, and no screen says anything in English", async () => {
    const { context } = await site.visit(browser, { viewport: PHONE });
    const page = await context.newPage();
    const pictures = new Pictures(`languages-${language}`);
    const person = new Signatory({ page, hands: handsIn(language, touch(page)), site, pictures });
    const english: string[] = [];
    const see = person.see.bind(person);
    person.see = async (screen) => {
      const section = await see(screen);
      english.push(...englishIn(language, (await section.innerText()).replace(/\s+/g, " "), AREAS));
      return section;
    };
    await person.arrive(at(site.signAddress()));
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      language,
      direction,
    ]);
    expect(await page.locator(".letter-line a").getAttribute("href")).toMatch(new RegExp(`^/${language}/w/`));
    await person.makePhrase();
    await person.enrol(mailbox);
    const receipt = await person.sign({ as: "role", role: "Nurse" });
    expect(await receipt.innerText()).toContain(say("sign-signing.receipt.you-have-signed"));
    expect(english).toEqual([]);
    await context.close();
  });

  it("somebody counts again, and comes to the same end", async () => {
    const { context } = await site.visit(browser, { viewport: PHONE });
    const page = await context.newPage();
    const pictures = new Pictures(`languages-${language}-recount`);
    await page.goto(at(site.recountAddress()));
    await inspect(page, "ready", pictures);
    await page.getByRole("button", { name: say("recount.ready-screen.recount-from-this-board") }).click();
    const result = await inspect(page, "result", pictures);
    const text = await result.innerText();
    expect(text).toContain(say("recount.verdict.good"));
    expect(englishIn(language, text.replace(/\s+/g, " "), ["recount"])).toEqual([]);
    await context.close();
  });
});
