/**
 * What comes between: each has a defined end. Nothing that was typed is lost while the page is open, and nothing is sent as
 * two: the log gets one leaf, whatever was pressed how often.
 */
import { addDays } from "@undersigned/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { oneInTurn } from "../kit/size.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { doubleTouch, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { holdBack, loseAnswers } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { inspect, onScreen } from "./kit/screens.ts";
import { KEEP_HERE, Signatory } from "./kit/signatory.ts";
import { type Site, startSite, type Visit } from "./kit/site.ts";

const pictures = new Pictures("signatory-interruptions");
let site: Site;
let browser: Browser;
let visit: Visit;
let page: Page;
let person: Signatory;
let mailbox: string;
let number = 0;

beforeAll(async () => {
  site = await startSite({ seed: 54, text: () => ORDINARY });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  visit = await site.visit(browser, { viewport: { width: 360, height: 740 } });
  page = await visit.context.newPage();
  person = new Signatory({ page, hands: touch(page), site });
  mailbox = `person.${++number}@example.com`;
});
afterEach(() => visit.context.close());

const bodies = (end: string) => visit.traffic.posts(end).map(({ body }) => body?.toString());
const alerts = () => page.getByRole("alert").allInnerTexts();

/** A day passes. Returns how many endorsements of the key that was signed with have come out; there must be no second key. */
async function comesOut(): Promise<number> {
  const keys = new Set(bodies("/v1/endorsements").map((body) => JSON.parse(body ?? "null").leaf.key));
  expect(keys.size, "keys that were signed with").toBe(1);
  await site.crowd(6);
  await site.nextDay();
  return (await site.leaves()).filter(({ leaf }) => leaf.type === "endorsement" && keys.has(leaf.key)).length;
}

async function enrolled(): Promise<string> {
  await person.arrive();
  const phrase = await person.makePhrase();
  await person.enrol(mailbox);
  return phrase;
}

describe("a closed tab", () => {
  it("costs nothing before anything was sent: a new one begins where one begins", async () => {
    await person.arrive();
    await person.makePhrase();
    await page.close();
    page = await visit.context.newPage();
    person = new Signatory({ page, hands: touch(page), site });
    await person.arrive();
    expect(visit.traffic.posts()).toEqual([]);
  });

  it("after the code was given, the same phrase and a new code give the same tokens, and one signature", async () => {
    const phrase = await enrolled();
    await page.close({ runBeforeUnload: false });
    page = await visit.context.newPage();
    person = new Signatory({ page, hands: touch(page), site });
    await person.comeBack(phrase);
    await person.hands.press("Sign now");
    await person.see("mailbox");
    await person.enrol(mailbox);
    const [first, second] = bodies("/v1/enrolments").map((body) => JSON.parse(body ?? "null").slots);
    expect(second).toEqual(first);
    await person.sign({ as: "anonymous" });
    expect(await comesOut()).toBe(1);
  });

  it("asks before it closes where something would be lost, and only there", async () => {
    const asked = async () => {
      let dialog = false;
      page.once("dialog", (one) => {
        dialog = true;
        void one.accept();
      });
      const closed = page.waitForEvent("close");
      await page.close({ runBeforeUnload: true });
      await closed;
      return dialog;
    };
    await person.arrive();
    expect(await asked()).toBe(false);
    page = await visit.context.newPage();
    person = new Signatory({ page, hands: touch(page), site });
    await person.arrive();
    await person.keepNothing();
    await person.enrol(mailbox);
    expect(await asked()).toBe(true);
  });
});

describe("a lost network", () => {
  it("that swallows the registrar's answer: the same is sent again, and the tokens come", async () => {
    await person.arrive();
    await person.makePhrase();
    await person.askForCode(mailbox);
    const lost = await loseAnswers(visit.context, "/v1/enrolments", 1);
    await person.giveCode(await site.code(mailbox));
    await person.see("later");
    expect(lost).toEqual([200]);
    const sent = bodies("/v1/enrolments");
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
  });

  it("that swallows the board's answer: the same is sent again, and one signature comes out", async () => {
    await enrolled();
    const lost = await loseAnswers(visit.context, "/v1/endorsements", 1);
    await person.sign({ as: "anonymous" });
    expect(lost).toEqual([200]);
    const sent = bodies("/v1/endorsements");
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
    expect(await comesOut()).toBe(1);
  });

  it("that swallows all answers: it is said that it may have arrived, and the very same can be sent again", async () => {
    await enrolled();
    await loseAnswers(visit.context, "/v1/endorsements", 5);
    await person.prepare({ as: "named", name: "Kept While Offline" });
    await person.hands.press("Sign");
    await person.see("review");
    expect((await alerts()).join(" ")).toMatch(/again/i);
    expect(await page.locator("[data-screen=review]").innerText()).toContain("Kept While Offline");
    await pictures.take(page, "no-answer");
    await person.hands.press("Try again");
    await person.see("receipt");
    expect(new Set(bodies("/v1/endorsements")).size).toBe(1);
    expect(await comesOut()).toBe(1);
  });

  it("before anything was sent: nothing is lost, and it goes on when the network is there again", async () => {
    await person.arrive();
    await person.makePhrase();
    await visit.context.setOffline(true);
    await person.hands.type("Your work mailbox", mailbox);
    await person.hands.press("Send the code");
    await inspect(page, "enrol-failed", pictures);
    await visit.context.setOffline(false);
    await person.hands.press("Try again");
    await person.see("code");
    await person.giveCode(await site.code(mailbox));
    await person.see("later");
  });

  it("while the page opens: it says so, and opens when it is asked again", async () => {
    await visit.context.route("**/checkpoint", (route) => route.abort());
    await page.goto(site.signAddress());
    await inspect(page, "stopped", pictures);
    await visit.context.unroute("**/checkpoint");
    await person.hands.press("Try again");
    await person.see("warning");
  });
});

describe("the back button", () => {
  it("leads one screen back, with all that was typed", async () => {
    await enrolled();
    await person.hands.press("Sign now");
    await person.see("appearance");
    await person.chooseToAppear({ as: "named", name: "Typed Once" });
    await person.hands.press("Go on");
    await person.see("remainder");
    await page.goBack();
    await person.see("appearance");
    expect(await page.getByLabel("Your name", { exact: true }).inputValue()).toBe("Typed Once");
    await person.hands.press("Go on");
    await person.see("remainder");
  });

  it("on the page leads where the browser's leads", async () => {
    await person.arrive();
    await person.hands.press("Back");
    await person.see("learns");
    await page.goBack();
    await person.see("warning");
  });

  it("after signing sends nothing and leads nowhere from where one could sign again", async () => {
    await enrolled();
    await person.sign({ as: "anonymous" });
    const before = visit.traffic.posts().length;
    await page.goBack();
    await page.goForward().catch(() => undefined);
    expect(visit.traffic.posts()).toHaveLength(before);
    expect(await page.getByRole("button", { name: "Sign", exact: true }).count()).toBe(0);
    expect(await comesOut()).toBe(1);
  });
});

describe("a double tap", () => {
  it("on “Send the code” reserves once", async () => {
    await person.arrive();
    await person.makePhrase();
    await person.hands.type("Your work mailbox", mailbox);
    const { held, release } = await holdBack(visit.context, "/v1/reservations");
    await page.getByRole("button", { name: "Send the code", exact: true }).dblclick();
    await onScreen(page, "reserving", { focus: false });
    await expect.poll(held).toBe(1);
    release();
    await person.see("code");
    expect(visit.traffic.posts("/v1/reservations")).toHaveLength(1);
  });

  it("on “Check the code” hands it over once", async () => {
    await person.arrive();
    await person.makePhrase();
    await person.askForCode(mailbox);
    await person.hands.type("The eight digits", await site.code(mailbox));
    await page.getByRole("button", { name: "Check the code", exact: true }).dblclick();
    await onScreen(page, "later", { focus: false });
    expect(visit.traffic.posts("/v1/enrolments")).toHaveLength(1);
  });

  it("on “Sign” signs once", async () => {
    await enrolled();
    await person.prepare({ as: "anonymous" });
    await page.getByRole("button", { name: "Sign", exact: true }).dblclick();
    await onScreen(page, "receipt", { focus: false });
    expect(visit.traffic.posts("/v1/endorsements")).toHaveLength(1);
  });

  it("on any button does one step: the second tap meets nothing of the next screen, nor of the page around it", async () => {
    const hasty = new Signatory({ page, hands: doubleTouch(page), site, focus: false });
    await hasty.arrive();
    await hasty.makePhrase();
    await hasty.askForCode(mailbox);
    await hasty.giveCode(await site.code(mailbox));
    await hasty.see("later");
    await hasty.sign({ as: "anonymous" });
    expect(visit.traffic.posts("/v1/endorsements")).toHaveLength(1);
  });

  it("on “Keep nothing” does not also say yes to its price", async () => {
    await person.arrive();
    await page.getByRole("button", { name: "Keep nothing", exact: true }).dblclick();
    await onScreen(page, "keep-nothing", { focus: false });
  });

  it("with the Enter key, held down, does no more than one press", async () => {
    await enrolled();
    await person.prepare({ as: "anonymous" });
    await page.getByRole("button", { name: "Sign", exact: true }).focus();
    for (let i = 0; i < 5; i++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await person.see("receipt");
    expect(visit.traffic.posts("/v1/endorsements")).toHaveLength(1);
  });
});

describe("two tabs", () => {
  it("with one phrase, that sign alike, make one signature and get one receipt", async () => {
    const phrase = await enrolled();
    const other = await visit.context.newPage();
    const twin = new Signatory({ page: other, hands: touch(other), site });
    await twin.comeBack(phrase);
    await twin.hands.press("Sign now");
    await twin.see("mailbox");
    await twin.enrol(mailbox);
    await person.sign({ as: "anonymous" });
    await twin.sign({ as: "anonymous" });
    expect(new Set(bodies("/v1/endorsements")).size).toBe(1);
    expect(await comesOut()).toBe(1);
  });

  it("that sign differently: the first counts, and the second is told how it stands", async () => {
    const phrase = await enrolled();
    const other = await visit.context.newPage();
    const twin = new Signatory({ page: other, hands: touch(other), site });
    await twin.comeBack(phrase);
    await twin.hands.press("Sign now");
    await twin.see("mailbox");
    await twin.enrol(mailbox);
    await person.sign({ as: "anonymous" });
    await twin.prepare({ as: "named", name: "Second Thought" });
    await twin.hands.press("Sign");
    await twin.see("review");
    await expect.poll(() => other.getByRole("alert").allInnerTexts()).not.toEqual([]);
    await pictures.take(other, "signed-differently");
    expect(await comesOut()).toBe(1);
    await page.goto(site.address(site.letterPath()));
    expect(await page.locator("main").innerText()).not.toContain("Second Thought");
  });
});

describe("a clock that is wrong by a day", () => {
  it.each(oneInTurn([-1, 1]))("%i: the way ends with a receipt all the same", async (days) => {
    await visit.context.clock.setFixedTime(Date.parse(`${addDays(site.world.clock.day, days)}T12:00:00Z`));
    const phrase = await enrolled();
    await person.sign({ as: "anonymous" });
    expect(await comesOut()).toBe(1);
    await visit.context.clock.setFixedTime(Date.parse(`${addDays(site.world.clock.day, days)}T12:00:00Z`));
    await person.comeBack(phrase);
    await person.hands.press("Take my signature back");
    await person.see("withdraw");
    await person.hands.press("Yes, take it back");
    await person.see("withdrawn");
    await pictures.take(page, `clock-${days < 0 ? "slow" : "fast"}`);
    expect(visit.traffic.posts("/v1/withdrawals")).toHaveLength(1);
  });
});

describe("storage that is refused", () => {
  it("stops nobody: the whole way is gone, and keeping on the device is refused in a sentence", async () => {
    await visit.context.addInitScript(() => {
      const refuse = {
        get: () => {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      };
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        Object.defineProperty(window, name, refuse);
      }
    });
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    const phrase = await enrolled();
    await person.hands.choose(KEEP_HERE);
    await expect.poll(alerts).not.toEqual([]);
    await pictures.take(page, "storage-refused");
    await person.sign({ as: "anonymous" });
    expect(await comesOut()).toBe(1);
    await person.comeBack(phrase);
    expect(errors).toEqual([]);
  });
});
