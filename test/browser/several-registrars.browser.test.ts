/**
 * Three of four registrars, in Chromium: one is down, one is slow, a stranger has codes sent in the person's name; and who
 * has too few confirmations, or comes back another day, asks for the rest with the phrase. On a phone with the keyboard
 * alone, every screen looked at closely; and on a large screen.
 */
import { requestsHash } from "@undersigned/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import { blindedSlots, makePeople, postRaw } from "../kit/servers/crowd.ts";
import { openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { oneInTurn } from "../kit/size.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { type Hands, keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { widerThanWindow } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";
import { story } from "./kit/story.ts";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({ seed: 57, registrars: 4, quorum: 3, text: () => ORDINARY });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const squeezed = (text: string) => text.replace(/\s+/g, " ");
const endorsements = async () =>
  (await site.leaves()).filter(({ leaf }) => leaf.type === "endorsement").length;

type Visitor = { readonly page: Page; readonly person: Signatory; readonly traffic: Traffic };

async function visitor(width: number, hands: (page: Page) => Hands, pictures?: Pictures): Promise<Visitor> {
  const { context, traffic } = await site.visit(browser, { viewport: { width, height: 740 } });
  const page = await context.newPage();
  const person = new Signatory({ page, hands: hands(page), site, ...(pictures && { pictures }) });
  return { page, person, traffic };
}

/** Whose code is asked for. */
async function asking(page: Page): Promise<string> {
  const heading = await page.locator("[data-screen=code] h2").innerText();
  return /from the mail of (\w+)/.exec(heading)![1]!;
}

/** Types the code of whoever asks, as long as somebody does. Returns who asked. */
async function giveCodes({ page, person }: Visitor, mailbox: string, most = 4): Promise<string[]> {
  const asked: string[] = [];
  for (; asked.length < most; ) {
    const code = page.locator("[data-screen=code]");
    await code.or(page.locator("[data-screen=later]")).first().waitFor({ timeout: 30_000 });
    if ((await code.count()) === 0) break;
    await person.see("code");
    const name = await asking(page);
    asked.push(name);
    await person.giveCode(await site.code(mailbox, name));
    await page.waitForFunction(
      (last) => !document.querySelector("[data-screen=code] h2")?.textContent?.includes(`mail of ${last}`),
      name,
    );
  }
  return asked;
}

describe("the letter's page", () => {
  const pictures = new Pictures("several-registrars-reading");

  it.each(oneInTurn([360, 1280]))(
    "says in words what the quorum is worth, and who runs each, %d wide",
    async (width) => {
      const { page } = await visitor(width, touch);
      await page.goto(site.address(site.letterPath()));
      await pictures.take(page, "letter");
      const words = squeezed(await page.locator("body").innerText());
      expect(words).toContain(
        "2 dishonest registrars together could not invent a signatory who never enrolled.",
      );
      expect(words).toContain("One dishonest registrar could not let one person sign twice.");
      expect(words).toContain("People can still enrol while one registrar is down.");
      for (const name of ["First", "Second", "Third", "Fourth"]) expect(words).toContain(`${name} Office`);
      expect(await axeFindings(page)).toEqual([]);
      expect(await widerThanWindow(page)).toEqual([]);
      await page.getByRole("link", { name: "Who can learn what" }).first().click();
      await pictures.take(page, "learns");
      expect(await widerThanWindow(page)).toEqual([]);
      await page.context().close();
    },
  );
});

describe("one registrar is down", () => {
  const pictures = new Pictures("several-registrars");
  const step = story();
  const mailbox = "down@example.com";
  let at: Visitor;
  let phrase: string;

  step("is told that four are asked, and three are needed", async () => {
    await site.world.gates[3]!.set({ is: "refuse" });
    at = await visitor(360, keyboard, pictures);
    await at.person.arrive();
    phrase = await at.person.makePhrase();
    const words = squeezed(await at.page.locator("[data-screen=mailbox]").innerText());
    expect(words).toContain("4 registrars each mail a code there; you need 3 of the codes.");
  });

  step("sees on the way how many have confirmed, and that the one which is down is no alarm", async () => {
    await at.person.askForCode(mailbox);
    const before = squeezed(await at.page.locator("[data-screen=code]").innerText());
    expect(before).toContain("0 of 3 needed confirmations have come.");
    await giveCodes(at, mailbox, 1);
    await expect
      .poll(async () => squeezed(await at.page.locator("[data-screen]").innerText()))
      .toContain("1 of 3 needed confirmations has come.");
    await expect
      .poll(async () => squeezed(await at.page.locator("[data-screen]").innerText()), { timeout: 40_000 })
      .toMatch(/Fourth: .*You can do without it\./);
    expect(await giveCodes(at, mailbox)).toHaveLength(2);
    const later = squeezed(await (await at.person.see("later")).innerText());
    expect(later).toContain("You have enough: all 3 needed confirmations have come.");
  });

  step("signs with them", async () => {
    await at.person.sign({ as: "anonymous" });
    expect(at.traffic.posts("/v1/endorsements")).toHaveLength(1);
  });

  step(
    "gets the fourth another day, from the phrase alone, and counts once though it signs again",
    async () => {
      await at.page.context().close();
      await site.world.gates[3]!.set({ is: "open" });
      at = await visitor(1280, touch, pictures);
      const state = await at.person.comeBack(phrase);
      expect(squeezed(await state.innerText())).not.toContain("confirmations");
      await at.person.hands.press("Sign now");
      await at.person.see("mailbox");
      await at.person.askForCode(mailbox);
      const asked = await giveCodes(at, mailbox);
      expect(asked).toContain("Fourth");
      await at.person.see("later");
      // With four confirmations other three may be used than the first time: then the first signature stands.
      await at.person.prepare({ as: "anonymous" });
      await at.person.hands.press("Sign");
      await expect.poll(() => at.traffic.posts("/v1/endorsements").length).toBe(1);
      await expect
        .poll(async () => {
          const screen = at.page.locator("[data-screen]");
          return `${await screen.getAttribute("data-screen")}: ${squeezed(await screen.innerText())}`;
        })
        .toMatch(/^review: .*You have signed this letter already.*That signature stands\.|^receipt: /);
      await site.crowd(8);
      await site.nextDay();
      expect(await endorsements()).toBe(9);
      await at.page.context().close();
    },
  );
});

describe("one registrar is slow, and a stranger has codes sent", () => {
  const pictures = new Pictures("several-registrars-slow");
  const step = story();
  const mailbox = "slow@example.com";
  let at: Visitor;

  step("is not held up by the slow one", async () => {
    await site.world.gates[0]!.set({ is: "slow", ms: 40_000 });
    at = await visitor(1280, keyboard, pictures);
    await at.person.arrive();
    await at.person.keepNothing();
    const begun = Date.now();
    await at.person.askForCode(mailbox);
    expect(Date.now() - begun).toBeLessThan(35_000);
    const words = squeezed(await at.page.locator("[data-screen=code]").innerText());
    expect(words).toMatch(/First: Slow to answer\./);
  });

  step("a code that a stranger asked for is refused, costs one try and binds nothing", async () => {
    const name = await asking(at.page);
    const own = await site.code(mailbox, name);
    const i = site.world.manifest.registrars.findIndex((registrar) => registrar.name === name);
    const epoch = await openEpochSecrets(site.world, site.world.registrars[i]);
    const random = new SeededRandom(58);
    const { workforce, registrar } = epoch.statement;
    const slots = blindedSlots(random, makePeople(random, 1)[0]!, epoch, 0);
    const { status } = await postRaw(`${site.world.registrars[i]!.url}/v1/reservations`, {
      type: "reservation-request",
      v: 1,
      ...{ workforce, epoch: 1, class: "mailbox", work: null },
      evidence: { kind: "mailbox-code", mailbox },
      requests: requestsHash({ workforce, epoch: 1, class: "mailbox", registrar, slots, invitations: [] }),
    });
    expect(status).toBe(200);
    let strange = own;
    await expect
      .poll(async () => {
        strange = await site.code(mailbox, name);
        return strange;
      })
      .not.toBe(own);
    await at.person.giveCode(strange);
    await expect
      .poll(async () => squeezed(await at.page.locator("[data-screen=code]").innerText()))
      .toContain("If two mails came from this registrar");
    await at.person.see("code");
    await at.person.giveCode(own);
    await at.page.waitForFunction(
      (last) => !document.querySelector("[data-screen=code] h2")?.textContent?.includes(`mail of ${last}`),
      name,
    );
  });

  step("goes on with what has come as soon as that is enough", async () => {
    await giveCodes(at, mailbox, 2);
    await at.person.see("later");
    const words = squeezed(await at.page.locator("[data-screen=later]").innerText());
    expect(words).toContain("You have enough");
    expect(words).toContain("Ask the others too");
    await at.person.sign({ as: "role", role: "Engineer" });
    await at.page.context().close();
    await site.world.gates[0]!.set({ is: "open" });
  });
});

describe("two of four are away: too few", () => {
  const pictures = new Pictures("several-registrars-few");
  const step = story();
  const mailbox = "few@example.com";
  let at: Visitor;

  step("hands no code to anybody, and says what has come and what can be done", async () => {
    for (const i of [1, 2]) await site.world.gates[i]!.set({ is: "refuse" });
    at = await visitor(360, touch, pictures);
    await at.person.arrive();
    await at.person.makePhrase();
    await at.person.hands.type("Your work mailbox", mailbox);
    await at.person.hands.press("Send the code");
    await at.page.locator("[data-screen=enrol-failed]").waitFor({ timeout: 60_000 });
    const words = squeezed(await (await at.person.see("enrol-failed")).innerText());
    expect(words).toContain("0 of 3 needed confirmations have come. What has come is kept.");
    expect(words).toContain("with your phrase");
    expect(at.traffic.posts("/v1/enrolments")).toHaveLength(0);
  });

  step("and goes on from there when they are back", async () => {
    for (const i of [1, 2]) await site.world.gates[i]!.set({ is: "open" });
    await at.person.hands.press("Try again");
    await at.page.locator("[data-screen=code]").waitFor({ timeout: 30_000 });
    expect((await giveCodes(at, mailbox)).length).toBeGreaterThanOrEqual(3);
    await at.person.see("later");
    await at.person.sign({ as: "anonymous" });
    await site.nextDay();
    expect(await endorsements()).toBe(11);
  });
});
