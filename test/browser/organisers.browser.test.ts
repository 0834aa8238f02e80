/**
 * Two organisers at the desk, each in a browser of their own: the first sets it up by keyboard alone, invites the second, who
 * comes with a passkey; they describe the workforce together. A closed tab, a lost network and a restarted server lose nothing
 * that was typed, and nothing of it can be read on the device.
 */
import { readFile } from "node:fs/promises";
import {
  canonicalize,
  randomBytes,
  signDetached,
  signerFromSeed,
  signObject,
  workforceManifestHash,
} from "@undersigned/core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { weigh } from "../../bench/browser/page-weight.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { DESKTOP, DeskSite, givePasskeys, Organiser } from "./kit/desk.ts";
import { keyboard, touch } from "./kit/hands.ts";
import { Pictures } from "./kit/pictures.ts";
import { story } from "./kit/story.ts";

const EMPLOYER = "Example Works";
const SECRET_WORDS = "Zanzibar Holdings";
let site: DeskSite;
let browser: Browser;

beforeAll(async () => {
  site = await DeskSite.start();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A registrar as far as a ceremony needs one. Nobody listens at its address. */
class CeremonyRegistrar {
  readonly #signer = signerFromSeed(randomBytes(32));

  card(): string {
    const { publicKey: identity } = this.#signer;
    const card = { type: "registrar-card", v: 1, identity, name: "Registrar One", operator: "A union" };
    return canonicalize(signObject({ ...card, url: "http://127.0.0.1:9" }, this.#signer));
  }

  /** Of the manifest's file; `off`: of one that differs by so much. */
  signature(file: Uint8Array, off = 0): string {
    const manifest = JSON.parse(new TextDecoder().decode(file)) as { version: number };
    const signed = { ...manifest, version: manifest.version + off };
    const sig = signDetached("workforce-manifest", signed, this.#signer);
    const hash = workforceManifestHash(file);
    return canonicalize({
      type: "manifest-signature",
      v: 1,
      manifest: hash,
      registrar: this.#signer.publicKey,
      sig,
    });
  }
}

describe("Two organisers", () => {
  const registrar = new CeremonyRegistrar();
  const pictures = new Pictures("organisers");
  let first: Organiser;
  let second: Organiser;
  let invitation: string;
  let document: string;
  const step = story();

  beforeAll(async () => {
    first = await Organiser.at(browser, { hands: keyboard, pictures });
    second = await Organiser.at(browser, { hands: touch, pictures, viewport: DESKTOP });
    await givePasskeys(second.page);
  });
  afterAll(async () => {
    await first?.close();
    await second?.close();
  });

  step("whoever comes before the desk is set up is told who has the link", async () => {
    await first.page.goto(site.address);
    await first.see("sign-in");
    await first.hands.type(
      "Your phrase",
      "legal winner thank year wave sausage worth useful legal winner thank yellow",
    );
    await first.hands.press("Come in with the phrase");
    await first.page.getByText("Nobody has set up this desk yet.").waitFor();
  });

  step("weighs less than 90 kB before anybody is in", async () => {
    const visitor = await Organiser.at(browser, { hands: touch, pictures });
    const { gzipBytes } = await weigh(visitor.page, site.address, () => visitor.on("sign-in"));
    expect(gzipBytes).toBeLessThan(90_000);
    await visitor.close();
  });

  step("the set-up link is read once, and is neither in the address nor in the history", async () => {
    const { page } = first;
    await page.goto(`${site.address}#set-up.${site.token}`);
    await page.reload();
    expect(page.url()).not.toContain(site.token);
    await page.goto("about:blank");
    await page.goto(`${site.address}#set-up.${site.token}`);
    await first.see("welcome");
    expect(page.url()).not.toContain(site.token);
    expect(await page.title()).not.toContain(site.token);
  });

  step(
    "by keyboard alone: makes a phrase, confirms it, chooses a name, and goes on without a passkey",
    async () => {
      await first.makePhrase((name) => first.see(name));
      await first.see("alias");
      await first.hands.press("Set up the desk");
      await first.page.getByText("Choose a name by which the other organisers will know you.").waitFor();
      await first.hands.type("Your name among organisers", "Heron");
      await first.hands.press("Set up the desk");
      await first.see("offer-passkey");
      await first.hands.press("Go on without");
      await first.see("home");
      await first.page.getByText("There is one owner only.").waitFor();
    },
  );

  step("invites another owner: the phrase is asked for, and a wrong one is no use", async () => {
    await first.goTo("Organisers");
    await first.see("organisers");
    await first.hands.press("Make an invitation");
    await first.see("ask-phrase");
    await first.hands.type(
      "Your phrase",
      "legal winner thank year wave sausage worth useful legal winner thank yellow",
    );
    await first.hands.press("Make the link");
    await first.page.getByText("not the one with which you organise here").waitFor();
    await first.confirm("Make the link");
    await first.page.getByLabel("Its link", { exact: true }).waitFor();
    invitation = await first.page.getByLabel("Its link", { exact: true }).inputValue();
    expect(invitation).toMatch(/\/desk#join\.[\w-]{43}$/);
    await first.see("organisers", "invitation");
    await first.hands.press("I have passed it on");
  });

  step("the second joins on a large screen, and makes a passkey", async () => {
    await second.page.goto(invitation);
    await second.see("welcome", "welcome-invited");
    expect(second.page.url()).not.toContain("join");
    await second.makePhrase();
    await second.hands.type("Your name among organisers", "Otter");
    await second.hands.press("Join");
    await second.on("offer-passkey");
    await second.hands.press("Make a passkey");
    await second.see("home", "home-two-owners");
    expect(await second.page.getByText("There is one owner only.").count()).toBe(0);
  });

  step("an invitation that was used is of no use to anybody else", async () => {
    const third = await Organiser.at(browser, { hands: touch, pictures });
    await third.page.goto(invitation);
    await third.on("welcome");
    await third.makePhrase();
    await third.hands.type("Your name among organisers", "Stoat");
    await third.hands.press("Join");
    await third.page.getByText("This invitation is not valid").waitFor();
    await third.close();
  });

  step("locks, and comes in again with the passkey", async () => {
    await second.hands.press("Lock");
    await second.see("sign-in", "locked");
    await second.hands.press("Come in with a passkey");
    await second.on("home");
    await second.goTo("Your ways in");
    await second.see("yours");
    await second.page.getByText("My first device", { exact: true }).waitFor();
  });

  step("reads what was done, in a list that is checked row by row", async () => {
    await second.goTo("List of acts");
    await second.page.getByText("Every row was checked against the one before it.").waitFor();
    await second.see("acts");
    const list = await second.page.locator("[data-screen=acts]").innerText();
    expect(list).toContain("invited an organiser");
    expect(list).toContain("Heron");
  });

  step("describes the workforce, with checks as one types", async () => {
    await first.page.getByRole("link", { name: "Workforce", exact: true }).click();
    await first.on("workforces");
    await first.hands.press("Describe a workforce");
    await first.see("workforce-employer");
    document = new URL(first.page.url()).hash.split(".")[1] ?? "";
    await first.hands.type("The employer", EMPLOYER);
    await first.page.getByText("Everything is saved.").waitFor();
    await first.page.goto(`${site.address}#workforce.${document}.mailboxes`);
    await first.on("workforce-mailboxes");
    await first.hands.type("What stands behind the @", "gmail.com");
    await first.page.getByText("A domain is one at which anybody gets a mailbox").waitFor();
    await first.hands.type("What stands behind the @", "example.com");
    await first.page
      .getByText("A domain is one at which anybody gets a mailbox")
      .waitFor({ state: "detached" });
    await first.see("workforce-mailboxes");
    for (const section of ["evidence", "registrars", "shown", "finish"]) {
      await first.page.goto(`${site.address}#workforce.${document}.${section}`);
      await first.see(`workforce-${section}`);
    }
  });

  step("two who write in one field keep both texts until one is chosen", async () => {
    await second.page.goto(`${site.address}#workforce.${document}.employer`);
    await second.on("workforce-employer");
    await second.page.getByText("Everything is saved.").waitFor();
    expect(await second.page.getByLabel("The employer", { exact: true }).inputValue()).toBe(EMPLOYER);
    await first.page.goto(`${site.address}#workforce.${document}.employer`);
    await first.hands.type("The employer", `${EMPLOYER} North`);
    await first.page.getByText("Everything is saved.").waitFor();
    await second.hands.type("The employer", `${EMPLOYER} South`);
    await second.page.getByText("Both are kept until you choose.").waitFor();
    await second.see("workforce-employer", "conflict");
    await second.hands.press("Take yours");
    await second.page.getByText("Everything is saved.").waitFor();
  });

  step(
    "the network is lost and the tab closed: what was typed comes back, and nobody can read it meanwhile",
    async () => {
      await second.context.setOffline(true);
      await second.hands.type("The employer", SECRET_WORDS);
      await second.page.getByText("Not saved yet: the board does not answer.").waitFor({ timeout: 30_000 });
      await second.see("workforce-employer", "offline");
      const kept = await second.kept();
      await second.context.setOffline(false);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.join()).not.toMatch(/Zanzibar|Holdings|Otter|employer|workforce/i);
      expect(kept.join()).not.toContain(document);
    },
  );

  step("a closed tab loses nothing", async () => {
    await site.down();
    await second.hands.type("The employer", `${SECRET_WORDS} again`);
    await second.page.getByText("Not saved yet: the board does not answer.").waitFor({ timeout: 30_000 });
    await second.newTab();
    await site.up();
    await second.signIn(`${site.address}#workforce.${document}.employer`);
    await second.on("workforce-employer");
    const field = second.page.getByLabel("The employer", { exact: true });
    expect(await field.inputValue()).toBe(`${SECRET_WORDS} again`);
    await second.page.getByText("Everything is saved.").waitFor();
    expect(await second.kept()).toEqual([]);
  });

  step("a session lives on through the server's restart, and what is typed then is saved", async () => {
    await site.down();
    await second.hands.type("The employer", EMPLOYER);
    await site.up();
    await second.page.getByText("Everything is saved.").waitFor({ timeout: 30_000 });
    const other = await second.page.getByLabel("The employer", { exact: true }).inputValue();
    expect(other).toBe(EMPLOYER);
  });

  step("takes a registrar's card, and says what a quorum is worth", async () => {
    await second.page.goto(`${site.address}#workforce.${document}.registrars`);
    await second.on("workforce-registrars");
    await second.hands.type("Or paste its text", "no card");
    await second.hands.press("Add this card");
    await second.page.getByText("This is no registrar’s card.").waitFor();
    await second.hands.type("Or paste its text", registrar.card());
    await second.hands.press("Add this card");
    await second.page.getByText("Registrar One", { exact: true }).waitFor();
    await second.hands.select("How many of them must confirm each person", "1");
    await second.page.getByText("A dishonest registrar could invent signatories.").waitFor();
    await second.page.getByText("Everything is saved.").waitFor();
    await second.see("workforce-registrars", "registrar-card");
  });

  step("freezes it, brings the registrar's signature, and adds it to the log", async () => {
    await second.page.goto(`${site.address}#workforce.${document}.finish`);
    await second.on("workforce-finish");
    await second.hands.press("Freeze it");
    await second.confirm("Freeze it");
    await second.see("workforce-frozen");
    const saved = second.page.waitForEvent("download");
    await second.hands.press("Save the file for registrars");
    const file = new Uint8Array(await readFile(await (await saved).path()));
    await second.hands.type("Or paste its text", registrar.signature(file, 1));
    await second.hands.press("Bring this signature");
    await second.page.getByText("One file was not taken").waitFor();
    await second.hands.type("Or paste its text", registrar.signature(file));
    await second.hands.press("Bring this signature");
    await second.page.getByText("has signed", { exact: false }).waitFor();
    await second.hands.press("Add it to the log");
    await second.confirm("Add it");
    await second.see("workforce-published");
    await second.goTo("What is next");
    await second.on("home");
    await second.page.getByRole("link", { name: "See it" }).waitFor();
  });

  step("asks the registrars for an epoch, and is told which one does not answer", async () => {
    await second.page.goto(`${site.address}#workforce.${document}`);
    await second.on("workforce-published");
    await second.hands.press("Open it");
    await second.page.getByText("Still missing: Registrar One.").waitFor({ timeout: 30_000 });
    await second.see("workforce-published", "epoch-missing");
  });

  step("removes the other, who is out at once", async () => {
    await second.goTo("Organisers");
    await second.on("organisers");
    await second.hands.press("Change or remove Heron");
    await second.hands.press("Remove from the desk");
    await second.see("ask-phrase", "remove");
    await second.confirm("Remove");
    await second.on("organisers");
    await first.goTo("Organisers");
    await first.see("sign-in", "removed");
  });
});

it("says what is missing without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.address);
  expect(await page.locator("noscript, main").first().innerText()).toContain("The organisers’ desk");
  expect(await page.locator("main").innerText()).toContain("The desk needs script");
  await context.close();
});
