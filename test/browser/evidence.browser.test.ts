/**
 * The whole way of each kind of evidence, in Chromium, with three registrars of which two are needed: a mail that was there
 * already, sent by SMTP and signed by nodemailer; an invitation, from who gives it to who uses it; and a code, which stays what
 * it was. Names that are confirmed, and a letter that takes no others. And a part of the page that somebody has changed.
 */
import { readFile } from "node:fs/promises";
import { addDays, decodeBase64url } from "@undersigned/core";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { weigh } from "../../bench/browser/page-weight.ts";
import { OPENS } from "../kit/servers/world.ts";
import { EVERY_EVIDENCE, MAIL_KEYS, MAIL_TEXT, receiveSignedMail } from "../kit/signed-mail.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { type Hands, keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import type { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { onScreen, widerThanWindow } from "./kit/screens.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite } from "./kit/site.ts";
import { story } from "./kit/story.ts";

const MAIL_DAY = addDays(OPENS, -1);
let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({
    seed: 61,
    registrars: 3,
    quorum: 2,
    letters: 2,
    workforce: EVERY_EVIDENCE,
    dns: MAIL_KEYS,
    batch: { first: 1, classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } } },
    text: (slot) => ({ ...ORDINARY, names: slot === 1 ? "confirmed" : "any" }),
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const squeezed = (text: string) => text.replace(/\s+/g, " ");
const wordsOf = async (section: Locator) => squeezed(await section.innerText());

type Visitor = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly person: Signatory;
  readonly traffic: Traffic;
};

async function visitor(width: number, hands: (page: Page) => Hands, pictures?: Pictures): Promise<Visitor> {
  const { context, traffic } = await site.visit(browser, { viewport: { width, height: 740 } });
  const page = await context.newPage();
  const person = new Signatory({ page, hands: hands(page), site, ...(pictures && { pictures }) });
  return { context, page, person, traffic };
}

/** Opens the address and goes on to the choice of evidence. */
async function toEvidence({ page, person }: Visitor, address = site.signAddress()): Promise<Locator> {
  await page.goto(address);
  await person.see("warning");
  await person.hands.press("I am on my own device");
  await person.see("learns");
  await person.hands.press("Go on");
  return await person.see("evidence");
}

/** What the rows of the table begin with. */
async function ways(section: Locator): Promise<string[]> {
  return await section.locator("tbody th").allInnerTexts();
}

async function choose({ page }: Visitor, file: string | Uint8Array, name = "mail.eml"): Promise<void> {
  const buffer = Buffer.from(file);
  await page
    .getByLabel("The mail", { exact: true })
    .setInputFiles({ name, mimeType: "message/rfc822", buffer });
}

/** Lets a file fall onto the page. */
async function drop({ page }: Visitor, text: string): Promise<void> {
  const files = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "mail.eml"));
    return data;
  }, text);
  for (const type of ["dragover", "drop"]) await page.dispatchEvent("h2", type, { dataTransfer: files });
}

async function saying(section: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(() => wordsOf(section)).toMatch(text);
}

/** Evidence as it was sent to registrars. */
function evidenceIn(traffic: Traffic): { kind: string; header: string }[] {
  return traffic.posts("/v1/enrolments").map(({ body }) => JSON.parse(String(body)).evidence);
}

let invitation = "";

describe("a mail that somebody has, on a phone with the keyboard alone", () => {
  const pictures = new Pictures("evidence-mail-phone");
  const step = story();
  let at: Visitor;
  let phrase: string;
  let enrolment: Buffer;
  let mails: number;

  beforeAll(async () => {
    at = await visitor(360, keyboard, pictures);
  });
  afterAll(() => at?.context.close());

  step("is the first of the ways that are open, each with what it shows to whom", async () => {
    const section = await toEvidence(at);
    expect(await ways(section)).toEqual(["A mail you already have", "A code by mail"]);
    expect(await wordsOf(section)).toContain("That you were sent a code, and when");
    expect(await at.page.getByLabel("A mail you already have", { exact: true }).isChecked()).toBe(true);
    await at.person.hands.press("Go on");
    await at.person.see("phrase");
    await at.person.hands.press("Make a phrase");
    phrase = await confirmPhrase(at);
  });

  step("is said by sender and days, and a wrong one is refused with what to do", async () => {
    const section = await at.person.see("mail");
    const words = await wordsOf(section);
    expect(words).toContain("from 1 January 2031 to 3 March 2031");
    expect(words).toContain("Example sign-in, from no-reply@login.example.net");
    await drop(at, "No mail at all.");
    await saying(section, "This file cannot be read as a mail.");
    await choose(at, new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "mail.msg");
    await saying(section, "a file of Outlook's own kind");
    const mail = await receiveSignedMail(site.world.smtp, "jo.doe@example.com", { day: "2030-12-01" });
    await choose(at, mail);
    await saying(section, "older or newer than the days above");
    const changed = await receiveSignedMail(site.world.smtp, "jo.doe@example.com", { day: MAIL_DAY });
    await choose(at, Buffer.from(changed).toString("latin1").replace("to your account", "to thy account"));
    await saying(section, "Something in this mail was changed on its way");
    await pictures.take(at.page, "mail-refused");
    await atOtherWidths(at, pictures, "mail");
    expect(at.traffic.posts()).toEqual([]);
  });

  step(
    "is asked, as everyone is, how the name is written, and told at once what can be shown of it",
    async () => {
      const mail = await receiveSignedMail(site.world.smtp, "jo.doe@example.com", { day: MAIL_DAY });
      mails = site.world.smtp.messages.length;
      await choose(at, mail);
      const section = await at.person.see("your-name");
      expect(await at.page.getByLabel("Your name", { exact: true }).inputValue()).toBe("Jo Doe");
      await saying(section, "the name can be shown as confirmed");
      await at.person.hands.type("Your name", "Joanna Doe");
      await saying(section, "but as given by you");
      await pictures.take(at.page, "your-name-differs");
      await atOtherWidths(at, pictures, "your-name");
      await at.person.hands.type("Your name", "Jo Doe");
      await at.person.hands.press("Go on");
    },
  );

  step("sees all that will leave the device, before anything does", async () => {
    const section = await at.person.see("mail-shown");
    const words = await wordsOf(section);
    for (const line of ["DKIM-Signature", "From", "To", "Subject", "Date"]) {
      expect(await section.locator("tbody th").allInnerTexts()).toContain(line);
    }
    expect(words).toContain("jo.doe@example.com");
    expect(words).toContain("New sign-in to your account");
    expect(words).toContain("This device has checked its signature");
    expect(words).toContain("your name “Jo Doe”");
    expect(words).not.toContain(MAIL_TEXT);
    expect(at.traffic.posts()).toEqual([]);
    await atOtherWidths(at, pictures, "mail-shown");
  });

  step("is enrolled with it by all three, and nobody was mailed anything", async () => {
    const shown = await at.page.locator("[data-screen=mail-shown] tbody td").allInnerTexts();
    await at.person.hands.press("Send these lines");
    const later = await wordsOf(await at.person.see("later"));
    const [saved] = await Promise.all([
      at.page.waitForEvent("download"),
      at.person.hands.press("Save and sign later"),
    ]);
    enrolment = await readFile(await saved.path());
    expect(later).toContain("Your name is confirmed as “Jo Doe”.");
    expect(site.world.smtp.messages).toHaveLength(mails);
    const sent = evidenceIn(at.traffic);
    expect(sent.map(({ kind }) => kind)).toEqual(Array(3).fill("existing-mail"));
    const headers = sent.map(({ header }) => Buffer.from(decodeBase64url(header)).toString("latin1"));
    for (const header of headers) {
      const values = header
        .replace(/\r\n[ \t]+/g, " ")
        .trim()
        .split("\r\n")
        .map((line) => line.slice(line.indexOf(":") + 1).trim());
      expect(values.map(squeezed)).toEqual(shown.map(squeezed));
    }
  });

  step("has sent nothing of the mail's text to anybody, in whatever form", () => {
    const forms = [MAIL_TEXT, Buffer.from(MAIL_TEXT).toString("base64").slice(4, -4)];
    const all = at.traffic.asked.map(({ url, body }) => url + (body?.toString("latin1") ?? ""));
    const headers = evidenceIn(at.traffic).map(({ header }) => Buffer.from(header, "base64url").toString());
    for (const form of forms) expect([...all, ...headers].filter((text) => text.includes(form))).toEqual([]);
    const reserved = at.traffic.posts("/v1/reservations").map(({ body }) => String(body));
    expect(reserved).toHaveLength(3);
    expect(reserved.filter((body) => /jo\.doe|Jo Doe/i.test(body))).toEqual([]);
    expect(at.traffic.elsewhere()).toEqual([]);
  });

  step("can invite: each invitation as a link and as a code that phones read", async () => {
    await at.person.hands.press("Invite colleagues");
    const section = await at.person.see("invite");
    expect(await section.locator("section button[aria-expanded]").count()).toBe(2);
    await at.person.hands.press("Show invitation 1");
    const link = at.page.getByLabel("Its link", { exact: true });
    await link.waitFor();
    await pictures.take(at.page, "invite-shown");
    invitation = await link.inputValue();
    expect(invitation.startsWith(`${site.signAddress()}.`)).toBe(true);
    expect(await readCode(at.page)).toBe(invitation);
    await atOtherWidths(at, pictures, "invite");
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await at.person.hands.press("Copy the link");
    await at.page.getByText("Copied.").waitFor();
    expect(await at.page.evaluate(() => navigator.clipboard.readText())).toBe(invitation);
    await at.person.hands.press("Back");
    await at.person.see("later");
  });

  step("signs by name, sees that it reads as confirmed, and what that is where it is changed", async () => {
    await at.person.hands.press("Sign now");
    const section = await at.person.see("appearance");
    await at.person.hands.choose("By name");
    expect(await at.page.getByLabel("Your name", { exact: true }).inputValue()).toBe("Jo Doe");
    await saying(section, "Jo Doe confirmed by work mailbox");
    await at.person.hands.type("Your name", "J. Doe");
    await saying(section, "J. Doe name given by the signatory");
    await at.person.hands.type("Your name", "Jo Doe");
    await pictures.take(at.page, "appearance-confirmed");
    await at.person.hands.press("Go on");
    await at.person.see("remainder");
    await at.person.hands.press("Go on");
    expect(await wordsOf(await at.person.see("review"))).toMatch(/Jo Doe confirmed by work mailbox/);
    await at.person.hands.press("Sign");
    await at.person.see("receipt");
  });

  step(
    "comes back from elsewhere with the phrase and the saved enrolment, to the same invitations",
    async () => {
      const later = await visitor(1280, touch);
      await later.person.returnTo();
      await later.person.hands.type("Your phrase", phrase);
      const file = { name: "enrolment.json", mimeType: "application/json", buffer: enrolment };
      await later.page.getByLabel("Your enrolment, if you saved one", { exact: true }).setInputFiles(file);
      await later.person.hands.press("Go on");
      await later.person.see("state");
      await later.person.hands.press("Invite colleagues");
      await later.person.see("invite");
      await later.person.hands.press("Show invitation 1");
      expect(await later.page.getByLabel("Its link", { exact: true }).inputValue()).toBe(invitation);
      await later.context.close();
    },
  );
});

describe("an invitation, on a large screen", () => {
  const pictures = new Pictures("evidence-invitation-large");
  const step = story();
  let at: Visitor;

  beforeAll(async () => {
    at = await visitor(1280, touch, pictures);
  });
  afterAll(() => at?.context.close());

  step("is taken out of the address at once, and is the first of the ways", async () => {
    const section = await toEvidence(at, invitation);
    expect(at.page.url()).toBe(site.signAddress());
    const session = await at.context.newCDPSession(at.page);
    const { entries } = await session.send("Page.getNavigationHistory");
    const secret = invitation.slice(invitation.lastIndexOf("."));
    expect(entries.filter(({ url }) => url.includes(secret.slice(0, 40)))).toEqual([]);
    expect(await ways(section)).toEqual(["Your invitation", "A mail you already have", "A code by mail"]);
    await at.person.hands.press("Go on");
    await at.person.see("phrase");
    await at.person.hands.press("Keep nothing");
    await at.person.see("keep-nothing");
    await at.person.hands.press("Go on without a phrase");
  });

  step("enrols without a mailbox and a name, as vouched, and lets nobody invite in turn", async () => {
    const section = await at.person.see("invitation");
    expect(await wordsOf(section)).toContain("You are counted apart, as vouched for");
    await at.person.hands.press("Use the invitation");
    const later = await at.person.see("later");
    expect(await later.getByRole("button", { name: "Invite colleagues" }).count()).toBe(0);
    const bodies = at.traffic.posts("/v1/enrolments").map(({ body }) => JSON.parse(String(body)));
    expect(bodies).toHaveLength(3);
    for (const body of bodies) {
      expect(body).toMatchObject({
        class: "vouched",
        evidence: { kind: "vouch" },
        invitations: [],
        name: null,
      });
    }
    expect(at.traffic.posts("/v1/reservations")).toEqual([]);
  });

  step("is in no request as a whole: each registrar sees its own token, and the board nothing", async () => {
    const secret = invitation.slice(invitation.lastIndexOf(".") + 1);
    const all = at.traffic.asked.map(({ url, body }) => url + (body?.toString("latin1") ?? ""));
    expect(all.filter((text) => text.includes(secret.slice(0, 40)))).toEqual([]);
    const signatures = at.traffic
      .posts("/v1/enrolments")
      .map(({ body }) => JSON.parse(String(body)).evidence.signature as string);
    expect(new Set(signatures).size).toBe(3);
    expect(at.traffic.elsewhere()).toEqual([]);
  });

  step("signs, and is told so", async () => {
    await at.person.sign({ as: "anonymous" });
  });

  step("works once: whoever opens the link after that is told what to do", async () => {
    const thief = await visitor(360, touch);
    await toEvidence(thief, invitation);
    await thief.person.hands.press("Go on");
    await thief.person.see("phrase");
    await thief.person.hands.press("Keep nothing");
    await thief.person.see("keep-nothing");
    await thief.person.hands.press("Go on without a phrase");
    await thief.person.see("invitation");
    await thief.person.hands.press("Use the invitation");
    const failed = await onScreen(thief.page, "enrol-failed");
    await saying(failed, "This invitation was used before.");
    await pictures.take(thief.page, "invitation-used");
    await thief.person.hands.press("Another way");
    await thief.person.see("evidence");
    await thief.context.close();
  });

  step("that was cut off is said to be, and the other ways stay open", async () => {
    const cut = await visitor(360, touch);
    const section = await toEvidence(cut, invitation.slice(0, -20));
    await saying(section, "The invitation in your link is not whole.");
    expect(await ways(section)).toEqual(["A mail you already have", "A code by mail"]);
    await pictures.take(cut.page, "invitation-cut-off");
    await cut.context.close();
  });
});

describe("a code, by somebody whose name is not what the mailbox says, on a large screen", () => {
  const pictures = new Pictures("evidence-code-large");
  const step = story();
  let at: Visitor;

  beforeAll(async () => {
    at = await visitor(1280, touch, pictures);
  });
  afterAll(() => at?.context.close());

  step("is chosen instead, and asks for the name too", async () => {
    await toEvidence(at, site.signAddress(1));
    await at.person.hands.choose("A code by mail");
    await at.person.hands.press("Go on");
    await at.person.see("phrase");
    await at.person.makePhrase();
    await at.person.hands.type("Your work mailbox", "max.roe@example.com");
    await at.person.hands.press("Go on");
    await at.person.see("your-name");
    await at.person.hands.type("Your name", "Maximilian Roe");
    await at.person.hands.press("Send the code");
    for (let given = 0; given < 3; given++) {
      const code = at.page.locator("[data-screen=code]");
      await code.or(at.page.locator("[data-screen=later]")).first().waitFor();
      if ((await code.count()) === 0) break;
      const heading = await code.locator("h2").innerText();
      const name = /from the mail of (\w+)/.exec(heading)![1]!;
      await at.person.giveCode(await site.code("max.roe@example.com", name));
      await at.page.waitForFunction(
        (last) => !document.querySelector("[data-screen=code] h2")?.textContent?.includes(`mail of ${last}`),
        name,
      );
    }
    expect(await wordsOf(await at.person.see("later"))).toContain(
      "The name “Maximilian Roe” was not confirmed.",
    );
  });

  step("has been sent as ever: mailbox and hash to reserve, mailbox and code to enrol", () => {
    const bodies = (end: string) => at.traffic.posts(end).map(({ body }) => JSON.parse(String(body)));
    for (const { evidence } of bodies("/v1/reservations")) {
      expect(evidence).toEqual({ kind: "mailbox-code", mailbox: "max.roe@example.com" });
    }
    const enrolments = bodies("/v1/enrolments");
    expect(enrolments).toHaveLength(3);
    for (const { evidence, name } of enrolments) {
      expect(Object.keys(evidence).sort()).toEqual(["code", "kind", "mailbox"]);
      expect(name.name).toBe("Maximilian Roe");
    }
    expect(at.traffic.elsewhere()).toEqual([]);
  });

  step("is not offered to be named where the letter takes confirmed names only", async () => {
    await at.person.hands.press("Sign now");
    const section = await at.person.see("appearance");
    expect(await wordsOf(section)).toContain(
      "This letter shows confirmed names only, and yours is not confirmed.",
    );
    expect(await section.getByLabel("By name", { exact: true }).count()).toBe(0);
  });
});

describe("afterwards", () => {
  it("the name reads as confirmed, and who was invited is counted apart", async () => {
    const pictures = new Pictures("evidence-letter");
    await site.nextDay();
    const { page, context } = await visitor(360, touch);
    await page.goto(site.address(site.letterPath()));
    const letter = squeezed(await page.locator("main").innerText());
    expect(letter).toMatch(/Jo Doe ?confirmed/);
    expect(letter).toContain("1 signatory proved");
    expect(letter).toMatch(/1 .*vouched/);
    await pictures.take(page, "letter");
    await context.close();
  });
});

describe("the signing page", () => {
  it("weighs less than 80 kB before anybody has gone on, and asks for no part by then", async () => {
    const { page, context, traffic } = await visitor(360, touch);
    const { gzipBytes } = await weigh(page, site.signAddress(), () => onScreen(page, "warning"));
    expect(gzipBytes).toBeLessThan(80_000);
    expect(
      traffic.asked.filter(({ url }) => /\/(?:signing|evidence|existing-mail|names|invite)\./.test(url)),
    ).toEqual([]);
    await context.close();
  });
});

describe("a part of the page that somebody has changed", () => {
  const pictures = new Pictures("evidence-parts");

  /** It is fetched twice: to be asked for again where it does not come, and to be run. */
  const changes: [string, number][] = [
    ...["signing", "evidence", "existing-mail", "names", "invite", "hooks"].map((part): [string, number] => [
      part,
      0,
    ]),
    ["signing", 1],
  ];

  it.each(changes)(
    "does not run, and the person reads why: %s, after %d times of the right one",
    async (part, right) => {
      const at = await visitor(360, touch);
      const { page, context } = at;
      let served = 0;
      await context.route(new RegExp(`/assets/${part}\\.[\\w-]+\\.js$`), async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        await route.fulfill({
          response,
          body: served++ < right ? text : `globalThis.changedPartRan=1;${text}`,
        });
      });
      await page.goto(site.signAddress());
      await onScreen(page, "warning");
      await at.person.hands.press("I am on my own device");
      await onScreen(page, "learns");
      await at.person.hands.press("Go on");
      const section = await onScreen(page, "part-failed");
      expect(await wordsOf(section)).toContain("Nothing of it has run");
      if (part === "signing") await pictures.take(page, "part-failed");
      expect(served).toBeGreaterThan(right);
      expect(await page.evaluate(() => "changedPartRan" in globalThis)).toBe(false);
      expect(at.traffic.posts()).toEqual([]);
      await context.close();
    },
  );

  it("that did not come for want of a connection comes when it is asked for again", async () => {
    const at = await visitor(360, touch);
    const { page, context } = at;
    await context.route(/\/assets\/signing\.[\w-]+\.js$/, (route) => route.abort("connectionreset"));
    await page.goto(site.signAddress());
    await onScreen(page, "warning");
    await at.person.hands.press("I am on my own device");
    await onScreen(page, "learns");
    await at.person.hands.press("Go on");
    await onScreen(page, "part-failed");
    await context.unrouteAll();
    await at.person.hands.press("Try again");
    await onScreen(page, "evidence");
    await context.close();
  });
});

/** As the smallest phones and large screens show it, with a picture of the latter. */
async function atOtherWidths({ page }: Visitor, pictures: Pictures, screen: string): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    expect(await widerThanWindow(page), `${screen} at ${width}`).toEqual([]);
    if (width === 1280) await pictures.take(page, screen);
  }
  await page.setViewportSize({ width: 360, height: 740 });
}

/** From the words that are shown to where the evidence is given. Returns the phrase. */
async function confirmPhrase({ page, person }: Visitor): Promise<string> {
  const section = await person.see("phrase-shown");
  const words = (await section.locator("ol li").allInnerTexts()).map((word) => word.replace(/[^a-z]/g, ""));
  await person.hands.press("I have written it down");
  await person.see("phrase-confirm");
  const labels = await page.locator("[data-screen=phrase-confirm] label").allInnerTexts();
  for (const label of labels) {
    await person.hands.type(label.trim(), words[Number(label.replace("Word ", "")) - 1] ?? "");
  }
  await person.hands.press("Confirm");
  return words.join(" ");
}

/** What a phone reads off the screen: the code's picture, pixel by pixel. */
async function readCode(page: Page): Promise<string> {
  const picture = await page.locator("svg.qr").screenshot();
  const { width, height, data } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext("2d")!;
    drawing.drawImage(image, 0, 0);
    const pixels = drawing.getImageData(0, 0, image.width, image.height);
    return { width: image.width, height: image.height, data: [...pixels.data] };
  }, picture.toString("base64"));
  return decodeQR({ width, height, data: Uint8Array.from(data) });
}
