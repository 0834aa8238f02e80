/**
 * The chronicle at the organisers' desk, on a real board: one owner enters a report by touch, corrects it and takes a remark back;
 * she translates the letter, another owner signs that by the keyboard, and both stand on the public pages.
 */
import { DeskClient } from "@undersigned/client";
import { dayOf, Secrets } from "@undersigned/core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import {
  issuanceOf,
  letterBody,
  newLetter,
  openEpoch,
  setUpWorkforce,
} from "../../packages/desk/test/content-kit.ts";
import { type Desks, type Member, randomId } from "../../packages/desk/test/kit.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { DESKTOP, DeskSite, Organiser } from "./kit/desk.ts";
import { keyboard, touch, unreachedByTab } from "./kit/hands.ts";
import { Pictures } from "./kit/pictures.ts";
import { setClock } from "./kit/site.ts";
import { story } from "./kit/story.ts";

const TIME = Date.parse("2026-03-02T09:00:00Z");
const clock = { now: () => TIME, day: () => dayOf(TIME) };
const REPORT = "The letter is in the news.";

let site: DeskSite;
let browser: Browser;

beforeAll(async () => {
  site = await DeskSite.start(clock, issuanceOf(20));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("The chronicle at the desk", () => {
  const pictures = new Pictures("chronicle");
  const step = story();
  let first: Organiser;
  let second: Organiser;
  let address: string;
  let letter: string;

  const timeline = async (organiser: Organiser) => {
    await organiser.goTo("Letters");
    await organiser.on("letters");
    await organiser.page.evaluate((to) => {
      location.hash = to;
    }, `timeline.${letter}`);
    await organiser.on("timeline");
    await organiser.page.locator("progress").waitFor({ state: "detached" });
  };
  const readers = async (path = "") => {
    const response = await fetch(`${address}${path}`);
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    first = await Organiser.at(browser, { hands: touch, pictures });
    second = await Organiser.at(browser, { hands: keyboard, pictures, viewport: DESKTOP });
    for (const { context } of [first, second]) await setClock(context, TIME);
  });
  afterAll(async () => {
    for (const organiser of [first, second]) await organiser?.close();
  });

  step("two owners come in, and a letter is there", async () => {
    await first.enter(`${site.address}#set-up.${site.token}`, "Heron", "Set up the desk");
    const member = await comeIn(first);
    const { invitation } = await member.act("invite", { id: randomId(), role: "owner" });
    await second.enter(`${site.address}#join.${invitation}`, "Otter", "Join");
    const desks = { desk: { clock } } as unknown as Desks;
    const at = await setUpWorkforce(desks, member);
    await openEpoch(desks, member, at);
    const demand = { title: "End the contract", text: "End it.", met: "It has ended." };
    const document = await newLetter(desks, member, at, { demands: ["end"], "demand:end": demand });
    const body = await letterBody(desks, member, document, at);
    letter = (await member.act("letter-publish", body)).letter;
    address = `${site.origin}/w/${at.workforce}/letters/${letter}`;
  });

  step(
    "a report says beside each field what is missing, keeps what was typed, and is published",
    async () => {
      await timeline(first);
      await first.see("timeline", "timeline-empty");
      const { hands, page } = first;
      await hands.press("Enter something …");
      await hands.press("Enter it …");
      await page.getByText("Choose what it is.").waitFor();
      await hands.choose("Report");
      await hands.type("What is reported", REPORT);
      await hands.press("Enter it …");
      await page.getByText("Choose the day when it happened.").waitFor();
      await page.getByText("Say who has published it.").waitFor();
      await first.see("timeline", "timeline-report");
      await page.getByLabel("Day when it happened", { exact: true }).fill("2026-03-01");
      await page.getByLabel("Title", { exact: true }).fill("A letter from inside");
      await hands.type("Publisher", "Example Press");
      await hands.type("Link", "https://example.com/report");
      // The board does not answer: nothing of it is lost.
      await page.route("**/desk/v1/acts", (route) =>
        route.request().postData()?.includes('"chronicle-add"') ? route.abort() : route.continue(),
      );
      await hands.press("Enter it …");
      await first.confirm("Publish it");
      await page.getByRole("button", { name: "Try again" }).waitFor({ timeout: 20_000 });
      expect(await page.getByLabel("What is reported", { exact: true }).inputValue()).toBe(REPORT);
      await page.unroute("**/desk/v1/acts");
      await hands.press("Enter it …");
      await first.confirm("Publish it");
      await page.getByText("Report, 1 March 2026. Entered on 2 March 2026. Signed by 1 organiser.").waitFor();
      expect((await readers("/timeline")).text).toContain(REPORT);
    },
  );

  step("it is corrected, and what it said before stays", async () => {
    const { hands, page } = first;
    await hands.press("Correct it … (the report of 1 March 2026)");
    await hands.type("What is reported", "The letter is in all the news.");
    await hands.press("Enter it …");
    await first.confirm("Publish it");
    await page.getByText("Corrected on 2 March 2026").waitFor();
    const { text } = await readers("/timeline");
    expect(text).toContain("The letter is in all the news.");
    expect(text).toContain(REPORT);
  });

  step("a remark is taken back with a reason, and cannot be corrected any more", async () => {
    const { hands, page } = first;
    await hands.press("Enter something …");
    await hands.choose("Remark");
    await hands.type("What you have to say", "We have won.");
    await page.getByLabel("Day when it happened", { exact: true }).fill(clock.day());
    await hands.press("Enter it …");
    await first.confirm("Publish it");
    await hands.press("Take it back … (the remark of 2 March 2026)");
    await hands.press("Take back …");
    await page.getByText("Say why: readers see it.").waitFor();
    await hands.type("Why is the remark of 2 March 2026 taken back?", "Too early.");
    await hands.press("Take back …");
    await first.confirm("Take it back");
    await page.getByText("Taken back on 2 March 2026").waitFor();
    expect(await page.getByRole("button", { name: /^Correct it .*remark/ }).count()).toBe(0);
    expect((await readers("/timeline")).text).toContain("Too early.");
  });

  step("a translation is written beside the binding text, and proposed", async () => {
    const { hands, page } = first;
    await hands.press("Enter something …");
    await hands.choose("Translation");
    await hands.type("Language of the translation", "es");
    await hands.type("Title: translated", "Una carta");
    await hands.press("Propose it …");
    await page.getByText("Translate this part too.").first().waitFor();
    await first.see("timeline", "timeline-translation");
    for (const field of await page.locator(".translated .field :is(input, textarea)").all())
      if ((await field.inputValue()) === "") await field.fill("Ponerle fin.");
    await hands.press("Propose it …");
    await first.confirm("Propose it");
    await page.getByText("You propose: Translation into Spanish.").waitFor();
    expect(await page.getByRole("button", { name: /^Sign it too/ }).count()).toBe(0);
    expect((await readers("/timeline")).text).not.toContain("Una carta");
  });

  step("a second owner reads it beside the binding text, signs it, and readers have it", async () => {
    await timeline(second);
    const { hands, page } = second;
    await page.getByText("Heron proposes: Translation into Spanish.").waitFor();
    expect(await page.locator("blockquote.binding").first().isVisible()).toBe(true);
    await second.see("timeline", "timeline-proposed");
    await hands.press("Sign it too … (Translation into Spanish)");
    await second.confirm("Sign it");
    await page.getByText("Translation into Spanish, 2 March 2026. Signed by 2 organisers.").waitFor();
    await second.see("timeline", "timeline-all");
    expect(await unreachedByTab(page)).toEqual([]);
    expect((await readers("/timeline")).text).toContain("Una carta");
  });

  step("readers go through the timeline and the translation with the Tab key", async () => {
    const reader = await second.context.newPage();
    for (const path of ["/timeline", "/translations/es"]) {
      await reader.goto(`${address}${path}`);
      expect(await unreachedByTab(reader), path).toEqual([]);
    }
    await reader.close();
  });

  step("a text is withheld, and its place stays", async () => {
    const { hands, page } = second;
    await hands.press("Withhold its text … (the remark of 2 March 2026)");
    await hands.choose("It names people");
    await hands.press("Withhold …");
    await second.confirm("Withhold it");
    await page.getByText("The text is withheld.").waitFor();
    expect((await readers("/timeline")).text).not.toContain("We have won.");
  });
});

/** The same person, by a program. */
async function comeIn(organiser: Organiser): Promise<Member> {
  const client = new DeskClient(site.origin, { fetch });
  const signer = (board: string) => new Secrets(organiser.phrase).organiserSigner(board);
  const { board } = await client.signIn(signer);
  const act: Member["act"] = (name, body) => client.call(name, body, signer(board));
  // It is the first letter of its workforce.
  const desks = { nextPlace: async () => ({ slot: 0, previous: null }) } as unknown as Desks;
  return { act, organiser: signer(board), desks } as Member;
}
