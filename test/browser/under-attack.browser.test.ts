/**
 * A registrar under attack asks devices for a proof of work: the page does it on a thread of its own, loads that thread's
 * script only then, says what goes on, and the person enrols and signs.
 */
import { DEFAULT_LIMITS } from "@undersigned/registrar";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import { blindedSlots, errorCode, makePeople, postRaw } from "../kit/servers/crowd.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";
import { story } from "./kit/story.ts";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({
    seed: 59,
    text: () => ORDINARY,
    limits: {
      wrongCodes: { ...DEFAULT_LIMITS.wrongCodes, underAttack: 1 },
      // Some seconds of a phone's work, so that they can be seen.
      work: { ...DEFAULT_LIMITS.work, rounds: 128, mostRounds: 128 },
    },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const squeezed = (text: string) => text.replace(/\s+/g, " ");

async function giveWrongCode(): Promise<string> {
  const random = new SeededRandom(60);
  const [stranger] = makePeople(random, 1);
  const { workforce } = site.world;
  const { text } = await postRaw(`${site.world.registrar.url}/v1/enrolments`, {
    type: "enrolment-request",
    v: 1,
    ...{ workforce, epoch: 1, class: "mailbox", invitations: [], name: null, work: null },
    evidence: { kind: "mailbox-code", mailbox: stranger!.mailbox, code: "00000000" },
    slots: blindedSlots(random, stranger!, site.epoch, 0),
  });
  return errorCode(text);
}

describe("a registrar under attack", () => {
  const step = story();
  const pictures = new Pictures("under-attack");
  let context: BrowserContext;
  let traffic: Traffic;
  let page: Page;
  let person: Signatory;
  /** Words of all steps that were shown. */
  const shown = new Set<string>();

  step("asks for work after wrong codes", async () => {
    expect(await giveWrongCode()).toBe("wrong-code");
    expect(await giveWrongCode()).toBe("work-needed");
  });

  step("gets it from the page, whose script for that is loaded then and not before", async () => {
    ({ context, traffic } = await site.visit(browser, { viewport: { width: 360, height: 740 } }));
    page = await context.newPage();
    await page.exposeFunction("said", (words: string) => shown.add(words));
    await page.addInitScript(() => {
      const said = (globalThis as unknown as { said(words: string): void }).said;
      const look = () => {
        for (const item of document.querySelectorAll("[data-screen] li")) said(item.textContent ?? "");
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    });
    person = new Signatory({ page, hands: keyboard(page), site, pictures });
    await person.arrive();
    await person.keepNothing();
    const scripts = () => traffic.asked.filter(({ url }) => /solver-thread/.test(url)).length;
    expect(scripts()).toBe(0);
    await person.askForCode("busy@example.com");
    expect(scripts()).toBe(1);
    expect(traffic.asked.filter(({ url }) => url.endsWith("/v1/challenge"))).toHaveLength(1);
    expect(traffic.elsewhere()).toEqual([]);
  });

  step("which says what the device does meanwhile", () => {
    const words = [...shown].map(squeezed);
    expect(words.some((text) => text.includes("Your device is doing a sum for it"))).toBe(true);
  });

  step("and the person enrols and signs", async () => {
    await person.giveCode(await site.code("busy@example.com"));
    await person.see("later");
    expect(traffic.asked.filter(({ url }) => url.endsWith("/v1/challenge"))).toHaveLength(2);
    await person.sign({ as: "anonymous" });
    expect(traffic.posts("/v1/endorsements")).toHaveLength(1);
    await context.close();
  });
});
