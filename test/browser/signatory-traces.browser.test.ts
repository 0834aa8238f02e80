/**
 * What stays in the browser's profile when somebody has gone the way and leaves quickly, or has everything forgotten: nothing
 * that tells of them. That the search finds what does stay is shown in profile-search.browser.test.ts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Canary } from "../kit/canary-search.ts";
import { launchProfile } from "./kit/chromium.ts";
import { touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { Pictures } from "./kit/pictures.ts";
import { type Searched, searchProfile } from "./kit/profile-search.ts";
import { KEEP_HERE, Signatory } from "./kit/signatory.ts";
import { type Site, setClock, startSite } from "./kit/site.ts";

const pictures = new Pictures("signatory-traces");
let site: Site;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-traces-"));
  site = await startSite({ seed: 56, text: () => ORDINARY });
});
afterAll(async () => {
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

type Story = { readonly profile: string; readonly canaries: readonly Canary[] };

/** Longer than Chromium gathers what pages store before it writes it to the disk. */
const WRITTEN_BY_THEN = 6_000;

/** Goes the whole way in a profile of its own, and lets `end` end it; then the browser is closed. */
async function live(
  name: string,
  options: { readonly keepHere: boolean },
  end: (person: Signatory, page: Page, context: BrowserContext) => Promise<void>,
): Promise<Story> {
  const profile = join(folder, name);
  const context = await launchProfile(profile, { viewport: { width: 360, height: 740 } });
  try {
    await setClock(context, site.world.clock.time);
    const page = context.pages()[0] ?? (await context.newPage());
    const person = new Signatory({ page, hands: touch(page), site });
    const mailbox = `canary.${name}.qzxwvk@example.com`;
    const shown = `Zyxwara Qjvkpf ${name}`;
    await page.goto(site.address(site.letterPath()));
    await person.arrive();
    const phrase = await person.makePhrase();
    await person.askForCode(mailbox);
    const code = await site.code(mailbox);
    await person.hands.type("The eight digits", code);
    await pause(WRITTEN_BY_THEN);
    await person.hands.press("Check the code");
    await person.see("later");
    if (options.keepHere) {
      await person.hands.choose(KEEP_HERE);
      await page.waitForFunction(() => localStorage.length === 1);
    }
    await person.sign({ as: "named", name: shown });
    await end(person, page, context);
    const words = (from: number, to: number) => phrase.split(" ").slice(from, to).join(" ");
    const canaries = [
      { name: "mailbox", text: mailbox, hashed: true },
      { name: "name", text: shown },
      { name: "phrase", text: words(0, 4) },
      { name: "phrase, further on", text: words(6, 10) },
      { name: "code", text: code },
    ];
    return { profile, canaries };
  } finally {
    await context.close();
  }
}

function search({ profile, canaries }: Story): Promise<Searched> {
  return searchProfile(profile, canaries);
}

const kept = (page: Page) =>
  page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);

describe.concurrent("leaving quickly", () => {
  it("leads to a page that says nothing, and leaves no trace of the person in the profile", async () => {
    const story = await live("leaving", { keepHere: false }, async (person, page, context) => {
      await person.hands.press("Leave quickly");
      await page.waitForURL(site.address("/left"));
      await pictures.take(page, "left");
      expect(await kept(page)).toEqual([0, 0, 0, 0]);
      expect(await context.cookies()).toEqual([]);
    });
    const { found, files } = await search(story);
    expect(files).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it("takes away what was kept on request, too", async () => {
    await live("leaving-kept", { keepHere: true }, async (person, page) => {
      await person.hands.press("Leave quickly");
      await page.waitForURL(site.address("/left"));
      expect(await kept(page)).toEqual([0, 0, 0, 0]);
    });
  });

  it("by pressing Escape twice leads away as well", async () => {
    await live("escaping", { keepHere: false }, async (_, page) => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.waitForURL(site.address("/left"));
    });
  });

  it("leaves no page to which Back returns with what was typed", async () => {
    await live("back", { keepHere: false }, async (person, page) => {
      await person.hands.press("Leave quickly");
      await page.waitForURL(site.address("/left"));
      await page.goBack().catch(() => undefined);
      const text = await page.locator("body").innerText();
      expect(text).not.toContain("Zyxwara");
      expect(text).not.toContain("canary.");
    });
  });
});

describe.concurrent("forgetting everything", () => {
  it("leaves no trace in the profile, and the page as if nobody had been there", async () => {
    const story = await live("forgetting", { keepHere: true }, async (person, page) => {
      await person.hands.press("Forget everything");
      await person.see("warning");
      await pictures.take(page, "forgotten");
      expect(await kept(page)).toEqual([0, 0, 0, 0]);
    });
    expect((await search(story)).found).toEqual([]);
  });
});

describe.concurrent("closing the window without a word", () => {
  it("leaves no trace in the profile either", async () => {
    const story = await live("closing", { keepHere: false }, async () => undefined);
    expect((await search(story)).found).toEqual([]);
  });

  it("where the enrolment was kept on request, what is kept names nobody", async () => {
    const story = await live("kept", { keepHere: true }, async () => undefined);
    expect((await search(story)).found).toEqual([]);
  });
});
