/** One thing per screen: which one is shown, and that it is as it should be, with a picture of it. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { axeFindings } from "./axe.ts";
import type { Pictures } from "./pictures.ts";
import { nameless, spoken } from "./screen-reader.ts";

export const SIGNING_SCREENS = [
  "starting",
  "stopped",
  "warning",
  "learns",
  "part-waiting",
  "part-failed",
  "evidence",
  "phrase",
  "phrase-shown",
  "phrase-confirm",
  "keep-nothing",
  "phrase-typed",
  "mailbox",
  "mail",
  "mail-shown",
  "invitation",
  "your-name",
  "reserving",
  "code",
  "enrolling",
  "enrol-failed",
  "later",
  "appearance",
  "remainder",
  "review",
  "sending",
  "receipt",
  "state",
  "revise",
  "withdraw",
  "withdrawn",
  "file-send",
  "invite",
  "left",
] as const;

export type SigningScreen = (typeof SIGNING_SCREENS)[number];
export type RecountScreen = "ready" | "counting" | "result" | "failed";

/** Screens that a page begins with, where the focus stays with the reader. */
const FIRST: ReadonlySet<string> = new Set(["ready", "starting"]);

/**
 * Waits until this screen is shown, it alone, and the focus is in it, so that a screen reader begins there; without the latter
 * where a finger has just touched the page beside every control, which takes the focus away.
 */
export async function onScreen(
  page: Page,
  name: SigningScreen | RecountScreen,
  { focus = !FIRST.has(name) }: { readonly focus?: boolean } = {},
): Promise<Locator> {
  const section = page.locator(`[data-screen="${name}"]`);
  await section.waitFor({ timeout: 20_000 }).catch(async () => {
    throw new Error(`Waited for the screen ${name}; what is shown is ${await shownScreen(page)}.`);
  });
  expect(await page.locator("[data-screen]").count(), `screens beside ${name}`).toBe(1);
  if (focus) await focusIn(page, name);
  return section;
}

async function focusIn(page: Page, name: string): Promise<void> {
  const inside = (screen: string) => document.activeElement?.closest(`[data-screen="${screen}"]`) != null;
  await page.waitForFunction(inside, name, { timeout: 5_000 }).catch(() => {
    throw new Error(`The focus does not come to the screen ${name}.`);
  });
}

/** The screen that is shown, with its words, for a failure's message. */
async function shownScreen(page: Page): Promise<string> {
  const section = page.locator("[data-screen]").first();
  if ((await section.count()) === 0) return `none, but: ${await page.locator("body").innerText()}`;
  return `${await section.getAttribute("data-screen")}: ${await section.innerText()}`;
}

/** Looks closely at a screen that stays until somebody acts: heading, names, axe, width; and takes its picture. */
export async function inspect(
  page: Page,
  name: SigningScreen | RecountScreen,
  pictures: Pictures,
): Promise<Locator> {
  const section = await onScreen(page, name);
  await pictures.take(page, name);
  const lines = await spoken(section);
  expect(lines[0], `${name} is a region that has a name`).toMatch(/^region "/);
  expect(lines[1], `${name} begins with its heading`).toMatch(/^heading "/);
  expect(nameless(lines), `controls of ${name} without a name`).toEqual([]);
  expect(await axeFindings(page), `axe on ${name}`).toEqual([]);
  expect(await widerThanWindow(page), `${name} is wider than the window`).toEqual([]);
  return section;
}

/** What makes a page scroll sideways: the innermost elements that reach beyond the window. Empty if it does not scroll. */
export function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    // An element's own box, or text that runs out of it.
    const range = document.createRange();
    const reaching = [...document.querySelectorAll("body *")].filter((element) => {
      range.selectNodeContents(element);
      const boxes = [element.getBoundingClientRect(), range.getBoundingClientRect()];
      return boxes.some(({ left, right }) => right > clientWidth + 1 || left < -1);
    });
    const innermost = reaching.filter(
      (element) => !reaching.some((other) => other !== element && element.contains(other)),
    );
    const found = innermost.map((element) => element.outerHTML.slice(0, 200));
    return found.length > 0 ? found : [`${scrollWidth} pixels in a window of ${clientWidth}`];
  });
}
