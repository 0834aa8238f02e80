/** Somebody on the signatory's way: what a person does on each screen, with the hands that the test gives. */
import type { Locator, Page } from "playwright-core";
import type { Hands } from "./hands.ts";
import type { Pictures } from "./pictures.ts";
import { inspect, onScreen, type SigningScreen } from "./screens.ts";
import type { Site } from "./site.ts";

export type Appearing =
  | { readonly as: "anonymous" }
  | { readonly as: "role"; readonly role: string; readonly place?: string }
  | { readonly as: "named"; readonly name: string; readonly role?: string; readonly place?: string };

export type SignatoryOptions = {
  readonly page: Page;
  readonly hands: Hands;
  readonly site: Site;
  /** Each screen is then looked at closely, and its picture taken. */
  readonly pictures?: Pictures;
  /** Whether each screen must have taken the focus; it must unless told otherwise. */
  readonly focus?: boolean;
};

const KINDS = { anonymous: "Anonymous", role: "By role", named: "By name" } as const;

/** What is written beside the box by which an enrolment is kept in the browser. */
export const KEEP_HERE = "Keep the enrolment on this device";

export class Signatory {
  readonly page: Page;
  readonly hands: Hands;
  readonly #site: Site;
  readonly #pictures: Pictures | undefined;
  readonly #focus: boolean;

  constructor({ page, hands, site, pictures, focus = true }: SignatoryOptions) {
    this.page = page;
    this.hands = hands;
    this.#site = site;
    this.#pictures = pictures;
    this.#focus = focus;
  }

  async see(screen: SigningScreen): Promise<Locator> {
    return this.#pictures === undefined
      ? await onScreen(this.page, screen, { focus: this.#focus })
      : await inspect(this.page, screen, this.#pictures);
  }

  /** Opens the page and goes past the warning and what can be learned. */
  async arrive(address = this.#site.signAddress()): Promise<void> {
    await this.#pastWarning(address);
    await this.hands.press("Go on");
    await this.see("phrase");
  }

  /** Has a phrase made, writes it down and confirms it. Returns its words. */
  async makePhrase(): Promise<string> {
    await this.hands.press("Make a phrase");
    const phrase = await wordsOn(await this.see("phrase-shown"));
    await this.hands.press("I have written it down");
    await this.see("phrase-confirm");
    const words = phrase.split(" ");
    for (const label of await this.#asked()) {
      const number = Number(/\d+/.exec(label)?.[0]);
      await this.hands.type(label, words[number - 1] ?? "");
    }
    await this.hands.press("Confirm");
    await this.see("mailbox");
    return phrase;
  }

  async keepNothing(): Promise<void> {
    await this.hands.press("Keep nothing");
    await this.see("keep-nothing");
    await this.hands.press("Go on without a phrase");
    await this.see("mailbox");
  }

  /** From the mailbox to tokens, with the code from the mail. Returns the code. */
  async enrol(mailbox: string): Promise<string> {
    await this.askForCode(mailbox);
    const code = await this.#site.code(mailbox);
    await this.giveCode(code);
    await this.see("later");
    return code;
  }

  async askForCode(mailbox: string): Promise<void> {
    await this.hands.type("Your work mailbox", mailbox);
    await this.hands.press("Send the code");
    await this.see("code");
  }

  async giveCode(code: string): Promise<void> {
    await this.hands.type("The eight digits", code);
    await this.hands.press("Check the code");
  }

  async chooseToAppear(appearing: Appearing): Promise<void> {
    await this.hands.choose(KINDS[appearing.as]);
    if (appearing.as === "named") await this.hands.type("Your name", appearing.name);
    if (appearing.as === "anonymous") return;
    if (appearing.role !== undefined) await this.hands.select("Role", appearing.role);
    if (appearing.place !== undefined) await this.hands.select("Place", appearing.place);
  }

  /** From "Sign now" to the review of what will be published. */
  async prepare(appearing: Appearing): Promise<Locator> {
    await this.hands.press("Sign now");
    await this.see("appearance");
    await this.chooseToAppear(appearing);
    await this.#pictures?.take(this.page, "appearance-chosen");
    await this.hands.press("Go on");
    await this.see("remainder");
    await this.hands.press("Go on");
    return await this.see("review");
  }

  async sign(appearing: Appearing): Promise<Locator> {
    await this.prepare(appearing);
    await this.hands.press("Sign");
    return await this.see("receipt");
  }

  /** Opens the page and goes to where somebody types a phrase that they have. */
  async returnTo(address = this.#site.signAddress()): Promise<Locator> {
    await this.#pastWarning(address);
    await this.hands.press("I have a phrase already");
    return await this.see("phrase-typed");
  }

  /** Comes back with the phrase. */
  async comeBack(phrase: string, address?: string): Promise<Locator> {
    await this.returnTo(address);
    await this.hands.type("Your phrase", phrase);
    await this.hands.press("Go on");
    return await this.see("state");
  }

  /** Opens the page and goes to where a file is sent for somebody. */
  async offerToSend(address = this.#site.signAddress()): Promise<Locator> {
    await this.#pastWarning(address);
    await this.hands.press("Send a signature file");
    return await this.see("file-send");
  }

  async #pastWarning(address: string): Promise<void> {
    // The same address again, but for its fragment, would only be a jump within the page.
    await this.page.goto("about:blank");
    await this.page.goto(address);
    await this.see("warning");
    await this.hands.press("I am on my own device");
    await this.see("learns");
  }

  /** Labels of the words that are asked for. */
  async #asked(): Promise<string[]> {
    const labels = await this.page.locator("[data-screen=phrase-confirm] label").allInnerTexts();
    return labels.map((label) => label.trim()).filter((label) => /\d/.test(label));
  }
}

/** The twelve words, as they stand in their list. */
async function wordsOn(section: Locator): Promise<string> {
  const words = (await section.locator("ol li").allInnerTexts()).map((word) => word.replace(/[^a-z]/g, ""));
  if (words.length !== 12) throw new Error(`${words.length} words are shown.`);
  return words.join(" ");
}
