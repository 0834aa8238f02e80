/**
 * A board with a desk, in this process, at an address that passkeys can be made for; and organisers, each with a browser of
 * their own and hands. It can be stopped and started again on the same data, as an operator does it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  boardEvents,
  createBoardKeys,
  type FetchIssuance,
  type RunningBoard,
  startBoard,
} from "@undersigned/board";
import { dayOf } from "@undersigned/core";
import { withDesk } from "@undersigned/desk";
import { type Clock, createLogger, httpEvents } from "@undersigned/service";
import { boardPages } from "@undersigned/web";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { axeFindings } from "./axe.ts";
import { type Hands, unreachedByTab } from "./hands.ts";
import type { Pictures } from "./pictures.ts";
import { nameless, spoken } from "./screen-reader.ts";
import { widerThanWindow } from "./screens.ts";

const CLOCK: Clock = { now: () => Date.now(), day: () => dayOf(Date.now()) };
const LOCK = { passphrase: "only for tests" };
export const PHONE = { width: 360, height: 740 };
export const NARROW = { width: 320, height: 640 };
export const DESKTOP = { width: 1280, height: 800 };

export class DeskSite {
  readonly folder: string;
  readonly #clock: Clock;
  readonly #fetchIssuance: FetchIssuance | undefined;
  /** Of the set-up link; null once somebody has set it up. */
  token: string | null = null;
  #board: RunningBoard | null = null;
  #port = 0;

  private constructor(folder: string, clock: Clock, fetchIssuance: FetchIssuance | undefined) {
    this.folder = folder;
    this.#clock = clock;
    this.#fetchIssuance = fetchIssuance;
  }

  /** With the clock that there is, and registrars that are asked where their cards say, unless told otherwise. */
  static async start(clock: Clock = CLOCK, fetchIssuance?: FetchIssuance): Promise<DeskSite> {
    const folder = await mkdtemp(join(tmpdir(), "undersigned-desk-"));
    const site = new DeskSite(folder, clock, fetchIssuance);
    await createBoardKeys({ dataDir: site.folder, lock: LOCK, scryptLogN: 4 });
    await site.up();
    return site;
  }

  async up(): Promise<void> {
    this.token = null;
    const output = { write: () => true };
    this.#board = await startBoard({
      dataDir: this.folder,
      lock: LOCK,
      clock: this.#clock,
      ...(this.#fetchIssuance !== undefined && { fetchIssuance: this.#fetchIssuance }),
      listen: { host: "127.0.0.1", port: this.#port },
      logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: output, clock: this.#clock }),
      ...boardPages(),
      extension: withDesk({
        limits: false,
        onSetUpToken: (token) => {
          this.token = token;
        },
      }),
    });
    this.#port = Number(new URL(this.#board.url).port);
  }

  async down(): Promise<void> {
    await this.#board?.close();
    this.#board = null;
  }

  /** What is done at the beginning of a day. */
  async tick(): Promise<void> {
    await this.#board?.board.tick();
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  get address(): string {
    return `${this.origin}/desk`;
  }

  async close(): Promise<void> {
    await this.down();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A device that can hold passkeys, and unlocks whenever it is asked (WebAuthn, by the browser's debugging channel). */
export async function givePasskeys(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

export interface OrganiserOptions {
  readonly hands: (page: Page) => Hands;
  readonly pictures: Pictures;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Somebody who organises, with a browser window that keeps nothing but what its pages keep. */
export class Organiser {
  readonly context: BrowserContext;
  readonly pictures: Pictures;
  readonly #makeHands: (page: Page) => Hands;
  page: Page;
  hands: Hands;
  phrase = "";

  private constructor(context: BrowserContext, page: Page, { hands, pictures }: OrganiserOptions) {
    this.context = context;
    this.page = page;
    this.pictures = pictures;
    this.#makeHands = hands;
    this.hands = hands(page);
  }

  static async at(browser: Browser, options: OrganiserOptions): Promise<Organiser> {
    const context = await browser.newContext({
      viewport: options.viewport ?? PHONE,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(10_000);
    return new Organiser(context, await context.newPage(), options);
  }

  /** The tab is closed, and another opened. */
  async newTab(): Promise<void> {
    const page = await this.context.newPage();
    await this.page.close();
    this.page = page;
    this.hands = this.#makeHands(page);
  }

  /** Waits until this screen is shown, it alone, with the focus in it. */
  async on(name: string): Promise<void> {
    const section = this.page.locator(`[data-screen="${name}"]`);
    await section.waitFor({ timeout: 20_000 }).catch(async () => {
      throw new Error(`Waited for ${name}; what is shown is ${await this.page.locator("main").innerText()}.`);
    });
    expect(await this.page.locator("[data-screen]:visible").count(), `screens beside ${name}`).toBe(1);
  }

  /** Looks closely at a screen that stays: names, axe, three widths; and takes its pictures. */
  async see(name: string, picture = name): Promise<void> {
    await this.on(name);
    const { page } = this;
    const before = page.viewportSize() ?? PHONE;
    const section = page.locator(`[data-screen="${name}"]`);
    expect(nameless(await spoken(section)), `controls of ${name} without a name`).toEqual([]);
    for (const viewport of [NARROW, DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      expect(await widerThanWindow(page), `${name} is wider than ${viewport.width}`).toEqual([]);
      if (viewport !== NARROW) await this.#take(picture);
    }
    expect(await axeFindings(page), `axe on ${name}`).toEqual([]);
    expect(await unreachedByTab(page, name), `controls of ${name} beyond the keyboard`).toEqual([]);
    await page.setViewportSize(before);
  }

  /** What stays in view while one scrolls would hide what is under it. */
  async #take(picture: string): Promise<void> {
    await this.page.evaluate(() => scrollTo(0, 0));
    const stay = (position: string) => {
      for (const one of document.querySelectorAll<HTMLElement>(".saving, .site-header")) {
        one.style.position = position;
      }
    };
    await this.page.evaluate(stay, "static");
    await this.pictures.take(this.page, picture);
    await this.page.evaluate(stay, "");
  }

  /** Makes the phrase, writes it down, and types the words that are asked for. */
  async makePhrase(look: (name: string) => Promise<void> = (name) => this.on(name)): Promise<void> {
    await this.hands.press("Make my phrase");
    await look("desk-phrase-shown");
    this.phrase = (await this.page.locator(".words li").allInnerTexts()).join(" ");
    await this.hands.press("I have written it down");
    await look("desk-phrase-confirm");
    const words = this.phrase.split(" ");
    for (const label of await this.page.locator(".field label").allInnerTexts()) {
      await this.hands.type(label, words[Number(label.replace("Word ", "")) - 1] ?? "");
    }
    await this.hands.press("Confirm");
    await this.on("alias");
  }

  /** The first time, by a link. */
  async enter(link: string, alias: string, button: "Join" | "Set up the desk"): Promise<void> {
    await this.page.goto(link);
    await this.on("welcome");
    await this.makePhrase();
    await this.hands.type("Your name among organisers", alias);
    await this.hands.press(button);
    await this.on("offer-passkey");
    await this.hands.press("Go on without");
    await this.on("home");
  }

  async signIn(address: string): Promise<void> {
    await this.page.goto(address);
    await this.on("sign-in");
    await this.hands.type("Your phrase", this.phrase);
    await this.hands.press("Come in with the phrase");
  }

  /** Gives the phrase for a weighty act. */
  async confirm(button: string): Promise<void> {
    await this.on("ask-phrase");
    await this.hands.type("Your phrase", this.phrase);
    await this.hands.press(button);
  }

  async goTo(page: string): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "The desk" })
      .getByRole("link", { name: page, exact: true })
      .click();
  }

  /** All that this browser keeps for the site, as texts. */
  async kept(): Promise<string[]> {
    return await this.page.evaluate(() => Object.entries(localStorage).flat());
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
