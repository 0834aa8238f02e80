/**
 * A new version of a letter: what has changed, word by word; and somebody who has signed the old one and carries over by one act
 * of their own, which says nothing of the old one.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oneInTurn } from "../kit/size.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { Pictures } from "./kit/pictures.ts";
import { type PublishedLetter, publishNext } from "./kit/publish.ts";
import { widerThanWindow } from "./kit/screens.ts";
import { KEEP_HERE, Signatory } from "./kit/signatory.ts";
import { type Site, startSite, type Visit } from "./kit/site.ts";
import { story } from "./kit/story.ts";

const NEW = 1;
const pictures = new Pictures("organisers-new-version");
let site: Site;
let browser: Browser;
let old: string;
let fresh: PublishedLetter;

const changed = () => ({
  ...ORDINARY,
  title: "Cancel the survey contract now",
  body: ORDINARY.body!.replace("We ask you to end it", "We urge you to end it by the summer"),
  demands: [ORDINARY.demands![0]!, { id: "panel", title: "A panel", text: "Elect one.", met: "It sits." }],
  replaces: site.world.letters[0]!,
});

beforeAll(async () => {
  const roles = { roles: ["Engineer"], places: ["Exampleton"] };
  site = await startSite({
    seed: 72,
    workforce: roles,
    text: (slot) => (slot === NEW ? changed() : ORDINARY),
  });
  browser = await launchBrowser();
  old = site.world.letters[0]!;
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("somebody who has signed the letter before", () => {
  const step = story();
  let at: Visit & { page: Page; person: Signatory };
  let phrase: string;

  const returnTo = (slot: number) => at.person.comeBack(phrase, site.signAddress(slot));

  step("has signed it by role, and it has come out", async () => {
    const visit = await site.visit(browser, { viewport: { width: 360, height: 740 } });
    const page = await visit.context.newPage();
    at = { ...visit, page, person: new Signatory({ page, hands: touch(page), site }) };
    await at.person.arrive();
    phrase = await at.person.makePhrase();
    await at.person.enrol("kim.example@example.com");
    await at.person.hands.choose(KEEP_HERE);
    await page.getByText("Kept on this device").waitFor();
    await at.person.sign({ as: "role", role: "Engineer", place: "Exampleton" });
    await site.crowd(7, () => ({ kind: "role", role: "Engineer", place: null }));
    await site.nextDayFor(page);
    fresh = await publishNext(site, { unlisted: false });
  });

  step("finds what differs, and how they would appear, and that the old signature stays", async () => {
    at.traffic.forget();
    const section = await returnTo(NEW);
    const text = (await section.innerText()).replace(/\s+/g, " ");
    expect(text).toContain("You have signed the earlier letter. That signature stays what it is");
    expect(text).toContain("What differs: its title, its text and 2 demands.");
    expect(text).toContain("Engineer, Exampleton");
    expect(await section.getByRole("link", { name: "Read what has changed" }).getAttribute("href")).toContain(
      `/letters/${fresh.letter}/changes`,
    );
    expect(await axeFindings(at.page)).toEqual([]);
    expect(await widerThanWindow(at.page)).toEqual([]);
    await pictures.take(at.page, "state");
    await at.page.setViewportSize({ width: 1280, height: 900 });
    await pictures.take(at.page, "state");
    await at.page.setViewportSize({ width: 360, height: 740 });
  });

  step("was known from public files alone, whole lists of them", () => {
    expect(at.traffic.posts()).toEqual([]);
    const lists = at.traffic.asked
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.includes(old));
    expect(lists.length).toBeGreaterThan(0);
    for (const path of lists) expect(path).toMatch(/\/(?:manifests|openings|signatories)\//);
  });

  step("carries over by one act, which they see before they do it", async () => {
    at.traffic.forget();
    await at.person.hands.press("Carry my signature over");
    const review = await at.person.see("review");
    expect(await review.innerText()).toContain("Engineer, Exampleton");
    expect(at.traffic.posts()).toEqual([]);
    await pictures.take(at.page, "review");
    await at.person.hands.press("Sign");
    await at.person.see("receipt");
  });

  step("has sent nothing of the old letter in that act", async () => {
    const posts = at.traffic.posts();
    expect(posts).toHaveLength(1);
    const body = posts[0]!.body!.toString("utf8");
    const { leaf } = JSON.parse(body) as { leaf: { letter: string; key: string } };
    expect(leaf.letter).toBe(fresh.letter);
    expect(body).not.toContain(old);
    const before = (await site.leaves()).flatMap(({ leaf }) =>
      leaf.type === "endorsement" ? [leaf.key, leaf.commitment] : [],
    );
    expect(before).toHaveLength(16);
    for (const own of before) expect(body).not.toContain(own);
  });

  step("stands under both once that has come out", async () => {
    await site.crowd(6, () => ({ kind: "anonymous" }), NEW);
    await site.nextDayFor(at.page);
    expect(await (await returnTo(NEW)).innerText()).toContain("Your signature is counted");
    expect(await (await returnTo(0)).innerText()).toContain("Your signature is counted");
    await at.context.close();
  });
});

describe("the pages of both versions", () => {
  it.each(oneInTurn([360, 1280]))(
    "say of each other, and what has changed, without script, at %d pixels",
    async (width) => {
      const { context, traffic } = await site.visit(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(site.address(site.letterPath(0)));
      expect(await page.locator("main").innerText()).toContain("a newer version of this letter");
      await pictures.take(page, "old");
      await keyboard(page).follow("What has changed, word by word");
      await page.waitForURL(`**/${fresh.letter}/changes`);
      const changes = (await page.locator("main").innerText()).replace(/\s+/g, " ");
      expect(changes).toContain("urge");
      expect(changes).toContain("Demand “review”: no longer there");
      expect(changes).toContain("Demand “panel”: new");
      expect(await page.locator("script").count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      expect(await widerThanWindow(page)).toEqual([]);
      // Readable without colour: a line through what is gone, one under what is new.
      const line = (tag: string) =>
        page
          .locator(`.changed ${tag}`)
          .first()
          .evaluate((element) => getComputedStyle(element).textDecorationLine);
      expect([await line("del"), await line("ins")]).toEqual(["line-through", "underline"]);
      await pictures.take(page, "changes");
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await axeFindings(page)).toEqual([]);
      await page.goto(site.address(site.letterPath(NEW)));
      expect(await page.locator("main").innerText()).toContain("a new version of an earlier letter");
      await pictures.take(page, "new");
      expect(traffic.elsewhere()).toEqual([]);
      await context.close();
    },
  );

  it("fit into 320 pixels", async () => {
    const { context } = await site.visit(browser, { viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    for (const path of [site.letterPath(0), `${site.letterPath(NEW)}/changes`, site.letterPath(NEW)]) {
      await page.goto(site.address(path));
      expect(await widerThanWindow(page), path).toEqual([]);
    }
    await context.close();
  });
});
