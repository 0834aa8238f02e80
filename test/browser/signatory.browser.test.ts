/**
 * The whole way of a signatory, in Chromium, with a real board, a real registrar and real mail: on a phone with nothing but
 * the keyboard and every screen looked at closely, and on a large screen by somebody who keeps nothing.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { connectedTo, holdBack, socketOf, type Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { outOfOrder, spoken } from "./kit/screen-reader.ts";
import { inspect, onScreen, type SigningScreen } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";
import { story } from "./kit/story.ts";

const OTHERS = 8;
const NAME = "Zeynep Ångström";
let folder: string;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-signatory-"));
  site = await startSite({
    seed: 52,
    workforce: { roles: ["Engineer", "Nurse"], places: ["Exampleton"] },
    text: () => ORDINARY,
  });
  browser = await launchBrowser({ netLog: join(folder, "net.json") });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const squeezed = (text: string) => text.replace(/\s+/g, " ");
const endorsements = async () =>
  (await site.leaves()).filter(({ leaf }) => leaf.type === "endorsement").length;

describe("on a phone, with the keyboard alone", () => {
  const pictures = new Pictures("signatory-phone");
  let context: BrowserContext;
  let traffic: Traffic;
  let page: Page;
  let person: Signatory;
  let phrase: string;
  let preview: string;
  /** The letter's page after the change. */
  let changed: string;
  const step = story();

  beforeAll(async () => {
    ({ context, traffic } = await site.visit(browser, { viewport: { width: 360, height: 740 } }));
    page = await context.newPage();
    person = new Signatory({ page, hands: keyboard(page), site, pictures });
  });
  afterAll(() => context?.close());

  step("comes from the letter, and is warned before anything else", async () => {
    await page.goto(site.address(site.letterPath()));
    await person.hands.follow("Sign this letter");
    const warning = await person.see("warning");
    expect(squeezed(await warning.innerText())).toMatch(/device|network|account/i);
    expect(
      outOfOrder(await spoken(warning), ["heading", "paragraph", `button "I am on my own device"`]),
    ).toEqual([]);
  });

  step("is told who can learn what, what the code gives away first of all", async () => {
    await person.hands.press("I am on my own device");
    const learns = squeezed(await (await person.see("learns")).innerText());
    const first = learns.search(/mail/i);
    expect(first).toBeGreaterThan(-1);
    expect(first).toBeLessThan(learns.search(/registrar/i));
    expect(traffic.posts()).toEqual([]);
  });

  step("has a phrase made, and confirms it before anybody is asked", async () => {
    await person.hands.press("Go on");
    await person.see("phrase");
    phrase = await person.makePhrase();
    expect(phrase.split(" ")).toHaveLength(12);
    expect(traffic.posts()).toEqual([]);
  });

  step("proves the mailbox with the code from the mail", async () => {
    await person.enrol("zeynep@example.com");
    expect(traffic.posts("/v1/enrolments")).toHaveLength(1);
    expect(traffic.posts("/v1/endorsements")).toHaveLength(0);
  });

  step("sees exactly what will be published before it is", async () => {
    await person.prepare({ as: "named", name: NAME, role: "Engineer", place: "Exampleton" });
    preview = squeezed(await page.locator("[data-screen=review]").innerText());
    expect(preview).toContain(NAME);
    expect(preview).toContain("Engineer");
    expect(preview).toContain("Exampleton");
    expect(traffic.posts("/v1/endorsements")).toHaveLength(0);
  });

  step("signs once, and is told with which batch it comes out", async () => {
    await person.hands.press("Sign");
    const receipt = squeezed(await (await person.see("receipt")).innerText());
    expect(receipt).toMatch(/4 March 2031|2031-03-04|March 4, 2031/);
    expect(traffic.posts("/v1/endorsements")).toHaveLength(1);
    await person.hands.press("Check whether it is in the log");
    await expect
      .poll(async () => squeezed(await page.locator("[data-screen]").innerText()))
      .toContain("Not in the log yet.");
  });

  step("finds it in the log when the batch has come out", async () => {
    await site.crowd(OTHERS);
    await site.nextDayFor(page);
    await person.hands.press("Check whether it is in the log");
    await expect
      .poll(async () => squeezed(await page.locator("[data-screen]").innerText()))
      .toContain("In the log, at place");
    await pictures.take(page, "receipt-proved");
    expect(await endorsements()).toBe(OTHERS + 1);
  });

  step("is shown to readers as it was shown before", async () => {
    await page.goto(site.address(site.letterPath()));
    const letter = squeezed(await page.locator("main").innerText());
    expect(letter).toContain(`${OTHERS + 1} signatories proved`);
    expect(letter).toContain(NAME);
    await pictures.take(page, "letter");
  });

  step("comes back with the phrase and sees how it stands", async () => {
    const state = squeezed(await (await person.comeBack(phrase)).innerText());
    expect(state).toContain(NAME);
    expect(state).toContain("Your signature is counted. It is in the log");
  });

  step("changes how it appears", async () => {
    await person.hands.press("Change how I appear");
    await person.see("revise");
    await person.chooseToAppear({ as: "role", role: "Engineer" });
    await person.hands.press("Go on");
    await person.see("review");
    await person.hands.press("Sign");
    await person.see("receipt");
    await site.nextDayFor(page);
    await page.goto(site.address(site.letterPath()));
    changed = squeezed(await page.locator("main").innerText());
    expect(changed).not.toContain(NAME);
    expect(changed).toContain("By role Engineer");
  });

  it("and the totals above the list say the same as the list", () => {
    expect(changed).toContain("0 by name, 1 by role");
  });

  step("takes it back", async () => {
    await person.comeBack(phrase);
    await person.hands.press("Take my signature back");
    await person.see("withdraw");
    await person.hands.press("Yes, take it back");
    await person.see("withdrawn");
    await site.nextDayFor(page);
    await page.goto(site.address(site.letterPath()));
    expect(squeezed(await page.locator("main").innerText())).toContain(`${OTHERS} signatories proved`);
  });

  step("has spoken with nobody but the board and the registrar", () => {
    expect(traffic.elsewhere()).toEqual([]);
    expect(traffic.asked.some(({ url }) => url.startsWith(site.origins[1]!))).toBe(true);
  });
});

describe("on a large screen, by somebody who keeps nothing", () => {
  const pictures = new Pictures("signatory-large");
  let context: BrowserContext;
  let traffic: Traffic;
  let page: Page;
  let person: Signatory;
  const step = story();

  beforeAll(async () => {
    ({ context, traffic } = await site.visit(browser, { viewport: { width: 1280, height: 900 } }));
    page = await context.newPage();
    person = new Signatory({ page, hands: touch(page), site, pictures });
  });
  afterAll(() => context?.close());

  step("is told what that costs, and goes on as easily", async () => {
    await person.arrive();
    await person.hands.press("Keep nothing");
    expect(squeezed(await (await person.see("keep-nothing")).innerText())).toMatch(
      /change|take .* back|withdraw/i,
    );
    await person.hands.press("Go on without a phrase");
    await person.see("mailbox");
  });

  step("signs anonymously, and the signature comes out", async () => {
    const before = await endorsements();
    await person.enrol("nobody.special@example.com");
    await person.hands.press("Sign now");
    await person.see("appearance");
    await person.hands.choose("Anonymous");
    // Those whose signature is counted: the one on the phone took theirs back.
    await page.getByText(`${OTHERS} other signatories look the same so far.`).waitFor();
    await pictures.take(page, "appearance-chosen");
    await person.hands.press("Go on");
    await person.see("remainder");
    await person.hands.press("Go on");
    await person.see("review");
    await person.hands.press("Sign");
    const receipt = await person.see("receipt");
    expect(await receipt.innerText()).not.toContain("nobody.special");
    await site.nextDayFor(page);
    await person.hands.press("Check whether it is in the log");
    await expect
      .poll(async () => squeezed(await page.locator("[data-screen]").innerText()))
      .toContain("In the log, at place");
    expect(await endorsements()).toBe(before + 1);
  });

  step("leaves nothing in the browser's storage", async () => {
    const left = await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
    ]);
    expect(left).toEqual([0, 0, 0, 0]);
    expect(await context.cookies()).toEqual([]);
    expect(traffic.elsewhere()).toEqual([]);
  });
});

describe("screens on which one waits", () => {
  const pictures = new Pictures("signatory-waiting");

  it("say that one waits, each of them, and are as accessible as the others", async () => {
    const { context } = await site.visit(browser, { viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const person = new Signatory({ page, hands: touch(page), site });
    /** Looks at a screen while the network holds back what it waits for. */
    const meanwhile = async (path: string, act: () => Promise<unknown>, screen: SigningScreen) => {
      const { held, release } = await holdBack(context, path);
      const acted = act();
      await expect.poll(held).toBeGreaterThan(0);
      await inspect(page, screen, pictures);
      release();
      await acted;
      await context.unrouteAll({ behavior: "wait" });
    };
    await meanwhile("/checkpoint", () => page.goto(site.signAddress()), "starting");
    await person.arrive();
    await person.makePhrase();
    await person.hands.type("Your work mailbox", "waiting@example.com");
    await meanwhile("/v1/reservations", () => person.hands.press("Send the code"), "reserving");
    await person.see("code");
    await person.hands.type("The eight digits", await site.code("waiting@example.com"));
    await meanwhile("/v1/enrolments", () => person.hands.press("Check the code"), "enrolling");
    await person.see("later");
    await person.prepare({ as: "anonymous" });
    await meanwhile("/v1/endorsements", () => person.hands.press("Sign"), "sending");
    await person.see("receipt");
    await context.close();
  });
});

describe("afterwards", () => {
  it("a reader counts again on the board's page, and both are counted right", async () => {
    const pictures = new Pictures("signatory-recount");
    const { context } = await site.visit(browser, { viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(site.recountAddress());
    await onScreen(page, "ready");
    await touch(page).press("Recount from this board");
    const text = squeezed(await (await inspect(page, "result", pictures)).innerText());
    expect(text).toContain(`${OTHERS + 1} holders of work mailboxes at example.com`);
    expect(text).toContain("1 more has withdrawn");
    await context.close();
  });

  it("the browser's network stack has connected to the board and the registrar alone", async () => {
    await browser.close();
    const sockets = await connectedTo(join(folder, "net.json"));
    expect(new Set(sockets)).toEqual(new Set(site.origins.map(socketOf)));
  });
});
