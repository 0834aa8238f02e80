/**
 * A letter's life at the organisers' desk, on a real board: two owners and a moderator, each in a browser of their own. It is
 * written, a picture is cleaned, it is rehearsed, reviewed and published unlisted; sixty people sign; a name is hidden; it goes
 * public, gets a new version, is closed early; one of them is removed.
 */
import { boardPrefix, DeskClient } from "@undersigned/client";
import {
  type Appearance,
  addDays,
  dayOf,
  encodeCanonical,
  type JsonValue,
  Secrets,
  signerFromSeed,
} from "@undersigned/core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type Kit, Person, seedOf, type TestLetter } from "../../packages/board/test/kit.ts";
import {
  issuanceOf,
  openEpoch,
  registrars,
  type SetUp,
  setUpWorkforce,
} from "../../packages/desk/test/content-kit.ts";
import { type Desks, type Member, randomId } from "../../packages/desk/test/kit.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { DeskSite, Organiser } from "./kit/desk.ts";
import { touch } from "./kit/hands.ts";
import { pictureWithTraces } from "./kit/picture-with-traces.ts";
import { Pictures } from "./kit/pictures.ts";
import { setClock } from "./kit/site.ts";
import { story } from "./kit/story.ts";

const TITLE = "A second reader on every ward";
const PEOPLE = 60;

let time = Date.parse("2026-03-02T09:00:00Z");
const clock = { now: () => time, day: () => dayOf(time) };

let site: DeskSite;
let browser: Browser;

beforeAll(async () => {
  site = await DeskSite.start(clock, issuanceOf(80));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("A letter at the desk", () => {
  const pictures = new Pictures("organisers-letter");
  const step = story();
  let first: Organiser;
  let second: Organiser;
  let moderator: Organiser;
  let at: SetUp;
  let letter: string;

  const everybody = () => [first, second, moderator];
  const draftAt = async (organiser: Organiser, section: string) => {
    await organiser.page
      .getByRole("navigation", { name: "Sections of the letter" })
      .getByRole("link", { name: section, exact: true })
      .click();
  };
  const saved = (organiser: Organiser) => organiser.page.locator('[data-saving="saved"]').waitFor();
  const openLetter = async (organiser: Organiser, title = TITLE) => {
    await organiser.goTo("Letters");
    await organiser.on("letters");
    await organiser.hands.follow(title);
    await organiser.on("letter");
  };
  /** A day passes for the board and all browsers; sessions are opened anew. */
  const nextDay = async (organisers: readonly Organiser[]) => {
    time = Date.parse(`${addDays(clock.day(), 1)}T00:01:00Z`);
    await site.tick();
    for (const organiser of organisers) {
      await setClock(organiser.context, time);
      await organiser.newTab();
      await organiser.signIn(site.address);
      await organiser.on("home");
    }
  };
  const publicFile = async (path: string) => (await fetch(`${site.origin}/w/${at.workforce}/${path}`)).status;

  beforeAll(async () => {
    const open = async () => {
      const organiser = await Organiser.at(browser, { hands: touch, pictures });
      await setClock(organiser.context, time);
      return organiser;
    };
    first = await open();
    second = await open();
    moderator = await open();
  });
  afterAll(async () => {
    for (const organiser of everybody()) await organiser?.close();
  });

  step("two owners and a moderator come in, and a workforce is there", async () => {
    await first.enter(`${site.address}#set-up.${site.token}`, "Heron", "Set up the desk");
    const act = await comeIn(first);
    for (const [organiser, role, alias] of [
      [second, "owner", "Otter"],
      [moderator, "moderator", "Stoat"],
    ] as const) {
      const { invitation } = await act("invite", { id: randomId(), role });
      await organiser.enter(`${site.address}#join.${invitation}`, alias, "Join");
    }
    const desks = { desk: { clock } } as unknown as Desks;
    const member = { act } as Member;
    at = await setUpWorkforce(desks, member);
    await openEpoch(desks, member, at);
  });

  step("a moderator is offered no writing", async () => {
    await moderator.goTo("Letters");
    await moderator.on("letters");
    expect(await moderator.page.getByRole("button", { name: "Write a new letter" }).count()).toBe(0);
  });

  step("is written, section by section", async () => {
    const { hands } = first;
    await first.goTo("Letters");
    await first.see("letters", "letters-none");
    await hands.press("Write a new letter");
    await first.on("letter-addressee");
    await hands.type("Name, or office", "The chief executive");
    await hands.type("Organisation", "Example Works");
    await draftAt(first, "The letter");
    await hands.type("Title", TITLE);
    await hands.type("Text", "No dose leaves a ward un\u200bread.\n\n**We ask you** to agree.");
    await hands.press("Clean: Text");
    await draftAt(first, "Demands");
    await hands.press("Add a demand");
    await hands.type("Short name", "A second reader");
    await hands.type("What is demanded", "Two people read every dose.");
    await hands.type("What would count as met", "The rota shows two names by June.");
    await draftAt(first, "Days");
    await hands.type("Opens for signing on", clock.day());
    await hands.type("Last day for signing", addDays(clock.day(), 18));
    await hands.type("Delivered on", addDays(clock.day(), 21));
    await hands.type("How it is delivered", "By hand, to the front office.");
    await draftAt(first, "Signing");
    await hands.type("Quiet until so many have signed", "50");
    await hands.type("Then at least so many at once", "20");
    await draftAt(first, "Passing on");
    await hands.type("Short text to pass on with the link", "Read it at home.");
    await saved(first);
  });

  step("has a source with a picture, which is cleaned before it leaves the device", async () => {
    const { page, hands } = first;
    await draftAt(first, "Sources");
    await hands.press("Add a claim");
    await hands.type("What is claimed", "Requests were refused.");
    await hands.type("Title of the supplement", "What we rest on");
    await hands.press("Add a source");
    await page.locator("fieldset").getByLabel("Title", { exact: true }).fill("Report");
    await hands.type("Publisher", "Example Press");
    await hands.type("Link", "https://example.com/report?utm_source=mail");
    await hands.press("Clean: Link");
    await page.getByLabel("A copy of it, if it may vanish", { exact: true }).setInputFiles({
      name: "a.png",
      mimeType: "image/png",
      buffer: pictureWithTraces(),
    });
    await page.getByText("This file would give away:").waitFor();
    await hands.press("Clean it and keep it");
    await page.getByText("A copy is kept.").waitFor();
    await saved(first);
  });

  step("is seen by the other owner, with who wrote what", async () => {
    await second.goTo("Letters");
    await second.hands.follow(TITLE);
    await draftAt(second, "The letter");
    await second.page.getByText("Last written by Heron").first().waitFor();
    expect(await second.page.locator(".preview strong").innerText()).toBe("We ask you");
  });

  step("is rehearsed with made-up colleagues, and nothing of it is in the log", async () => {
    const { page, hands } = second;
    const before = await (await fetch(`${site.origin}/w/${at.workforce}/checkpoint`)).text();
    await draftAt(second, "Review");
    await page.getByText("Nothing is missing.").waitFor();
    await second.see("review");
    await hands.type("Made-up colleagues", "6");
    await hands.press("Rehearse");
    await page.getByText("The rehearsal is done.").waitFor({ timeout: 50_000 });
    await hands.press("End the rehearsal");
    expect(await (await fetch(`${site.origin}/w/${at.workforce}/checkpoint`)).text()).toBe(before);
  });

  step(
    "is published unlisted: its text is not public, and the key is in the fragment of its link",
    async () => {
      const { page, hands } = first;
      await draftAt(first, "Review");
      await first.on("review");
      await hands.choose("Only people with the link");
      await saved(first);
      await hands.press("Publish …");
      await first.see("ask-phrase", "publish");
      await first.confirm("Publish");
      await first.see("published");
      const link = await page.locator("pre.link").innerText();
      letter = /letters\/([\w-]{43})#/.exec(link)?.[1] ?? "";
      expect(link.split("#")[1]).toMatch(new RegExp(`^${at.workforce}\\.u[\\w-]{43}$`));
      expect(await publicFile(`manifests/${letter}.json`)).toBe(404);
      expect(await publicFile(`unlisted/${letter}.json`)).toBe(200);
    },
  );

  step("is signed by sixty people, whose number comes out on the next day", async () => {
    const kit = { workforce: at.workforce, manifest: at.manifest, registrars } as unknown as Kit;
    const place = { id: letter, epoch: 1, slot: 0 } as TestLetter;
    for (let i = 0; i < PEOPLE; i++) {
      const person = new Person(kit, place, signerFromSeed(seedOf(`person ${i}`)));
      const request = person.endorsement({ appearance: appearanceOf(i) });
      const response = await fetch(`${boardPrefix(site.origin, at.workforce)}v1/endorsements`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: new Uint8Array(encodeCanonical(request as unknown as JsonValue)),
      });
      expect(response.status, await response.text()).toBe(200);
    }
    await nextDay(everybody());
    await openLetter(first);
    await first.page.locator(".figure strong").getByText(String(PEOPLE), { exact: true }).waitFor();
    await first.see("letter");
  });

  step("has a name that waits for a look; the moderator hides it, and the count stays", async () => {
    const { page, hands } = moderator;
    await moderator.goTo("Moderation");
    await moderator.see("moderation");
    await hands.follow(TITLE);
    await page.getByText("Reads as the name of the addressee").first().waitFor();
    await moderator.see("moderation", "queue");
    await hands.press("Hide … The Chief Executive");
    await hands.press("Hide it");
    await hands.press("Send decisions");
    await page.getByText("No name waits.").waitFor();
    await openLetter(first);
    await first.page.getByText("Hidden or waiting for a look, and counted: 1").waitFor();
    await first.page.locator(".figure strong").getByText(String(PEOPLE), { exact: true }).waitFor();
  });

  step("goes public by an owner whom it names, also by the one who did not open it", async () => {
    expect(await publicFile(`manifests/${letter}.json`)).toBe(404);
    await openLetter(second);
    await second.hands.press("Make it public …");
    await second.see("ask-phrase", "go-public");
    await second.confirm("Make it public");
    await second.page.getByText("Going public").waitFor({ state: "detached" });
    expect(await publicFile(`manifests/${letter}.json`)).toBe(200);
  });

  step("gets a new version, which names it", async () => {
    const { hands } = first;
    await hands.press("Write a new version");
    await first.on("letter-addressee");
    await draftAt(first, "The letter");
    await hands.type("Title", `${TITLE}, now`);
    await draftAt(first, "Days");
    await hands.type("Opens for signing on", clock.day());
    await hands.type("Last day for signing", addDays(clock.day(), 18));
    await hands.type("Delivered on", addDays(clock.day(), 21));
    await saved(first);
    await draftAt(first, "Review");
    await first.page.getByText("Nothing is missing.").waitFor();
    await hands.press("Publish …");
    await first.confirm("Publish");
    await first.on("published");
    await first.hands.follow("To the letter’s page");
    await first.on("letter");
    await first.page
      .getByText("New version", { exact: true })
      .or(first.page.getByText("What is new in it"))
      .first()
      .waitFor();
  });

  step("is closed early by two owners, not before two days have passed", async () => {
    const earliest = addDays(clock.day(), 2);
    await openLetter(first);
    await first.hands.type("New last day for signing", addDays(clock.day(), 1));
    await first.page.getByText("Choose a day from").waitFor();
    await first.hands.type("New last day for signing", earliest);
    await first.hands.press("Propose …");
    await first.confirm("Propose");
    await first.page.getByText("Another owner has to agree.").waitFor();
    await openLetter(second);
    await second.page.getByText("Heron has proposed").waitFor();
    await second.see("letter", "closing-proposed");
    await second.hands.press("Agree …");
    await second.confirm("Agree");
    await second.page.getByText("That stands in the log.").waitFor();
  });

  step("can be taken away as a bundle, and passed on as a poster with its text", async () => {
    for (const [button, file] of [
      ["Save the bundle", "letters.zip"],
      ["Save a poster (PDF)", "poster.pdf"],
    ] as const) {
      const [download] = await Promise.all([
        second.page.waitForEvent("download"),
        second.hands.press(button),
      ]);
      expect(download.suggestedFilename()).toBe(file);
    }
    await second.page.getByText("Read it at home.").waitFor();
  });

  step("is looked after no more by somebody who was removed, from the next press on", async () => {
    const act = await comeIn(first);
    const { organisers } = await act("organisers", {});
    await act("remove-organiser", { id: organisers.find(({ alias }) => alias === "Stoat")!.id });
    await moderator.goTo("Letters");
    await moderator.on("sign-in");
    await moderator.page.getByText("Your session is over").waitFor();
    await moderator.signIn(site.address);
    await moderator.page.getByText("There is no organiser here with this phrase.").waitFor();
  });
});

/** The same person, by a program. */
async function comeIn(organiser: Organiser): Promise<Member["act"]> {
  const client = new DeskClient(site.origin, { fetch });
  const signer = (board: string) => new Secrets(organiser.phrase).organiserSigner(board);
  const { board } = await client.signIn(signer);
  return (name, body) => client.call(name, body, signer(board));
}

/** One signs with the addressee's name. */
function appearanceOf(i: number): Appearance {
  const named = { kind: "named" as const, confirmed: null, role: null, place: null };
  if (i === 0) return { ...named, name: "The Chief Executive" };
  if (i === 1) return { ...named, name: "A. Sample" };
  return i < 10 ? { kind: "role", role: "Engineer", place: null } : { kind: "anonymous" };
}
