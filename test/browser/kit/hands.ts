/**
 * A person's hands, on a keyboard or on a touch screen. Both find a control by what it is called. The keyboard reaches it
 * with the Tab key alone, as people do who have nothing else, and sees at every stop that the focus is visible.
 */
import type { JSHandle, Locator, Page } from "playwright-core";

export type Hands = {
  press(button: string): Promise<void>;
  follow(link: string): Promise<void>;
  type(label: string, text: string): Promise<void>;
  /** A radio button or a checkbox. */
  choose(label: string): Promise<void>;
  /** An entry of a list that unfolds. */
  select(label: string, entry: string): Promise<void>;
};

type Role = "button" | "link" | "textbox" | "radio" | "checkbox";

export function touch(page: Page): Hands {
  return {
    press: (button) => page.getByRole("button", { name: button, exact: true }).click(),
    follow: (link) => page.getByRole("link", { name: link, exact: true }).click(),
    type: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    async choose(label) {
      // Fingers meet the words, which are larger than the circle beside them.
      const id = await page.getByLabel(label, { exact: true }).getAttribute("id");
      await page.locator(`label[for="${id}"]`).click();
    },
    async select(label, entry) {
      await page.getByLabel(label, { exact: true }).selectOption({ label: entry });
    },
  };
}

/** Somebody who taps every button twice, as people do who are used to slow pages. */
export function doubleTouch(page: Page): Hands {
  return {
    ...touch(page),
    press: (button) => page.getByRole("button", { name: button, exact: true }).dblclick(),
  };
}

export function keyboard(page: Page): Hands {
  return {
    async press(button) {
      await tabTo(page, await shown(page, "button", button));
      await page.keyboard.press("Enter");
    },
    async follow(link) {
      await tabTo(page, await shown(page, "link", link));
      await page.keyboard.press("Enter");
    },
    async type(label, text) {
      await tabTo(page, page.getByLabel(label, { exact: true }));
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
    async choose(label) {
      const control = page.getByLabel(label, { exact: true });
      if (await control.isChecked()) return;
      if ((await control.getAttribute("type")) === "checkbox") {
        await tabTo(page, control);
        await page.keyboard.press("Space");
        return;
      }
      await chooseRadio(page, control);
    },
    async select(label, entry) {
      await tabTo(page, page.getByLabel(label, { exact: true }));
      await page.keyboard.type(entry);
      await page.keyboard.press("Enter");
    },
  };
}

async function shown(page: Page, role: Role, name: string): Promise<Locator> {
  const control = page.getByRole(role, { name, exact: true });
  await control.waitFor();
  return control;
}

const MOST_STOPS = 80;

/** Presses Tab until the control has the focus. Throws if it is not reached, or if a stop on the way is not seen. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(control)) return;
    await page.keyboard.press("Tab");
    const unseen = await page.evaluate(unseenFocus);
    if (unseen !== null) throw new Error(`The focus is not to be seen on ${unseen}.`);
  }
  throw new Error(`The keyboard does not reach ${control}.`);
}

function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement);
}

/** In the page: what has the focus and does not show it, or null. */
function unseenFocus(): string | null {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const ring = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  return ring || boxShadow !== "none" ? null : element.outerHTML.slice(0, 120);
}

/** All that somebody can use. Of what is unfolded, `checkVisibility` says no where it is not. */
const CONTROLS = ":is(a[href], button, input, select, textarea, summary, [tabindex='0'])";

/**
 * Controls of a page, or of a screen of the desk or the signing page, that the Tab key does not reach, reaches before one that
 * stands above, or on which the focus is not seen; and then back to where it was. Of a group of radio buttons one is enough, since
 * the arrows go on from there. Throws for a page without any, and for a screen that is not there.
 */
export async function unreachedByTab(page: Page, screen?: string): Promise<string[]> {
  const scope = screen === undefined ? "body" : `[data-screen="${screen}"]`;
  const before = await page.evaluateHandle(() => document.activeElement);
  const controls = await page.evaluateHandle((selector) => {
    const all = document.querySelectorAll<HTMLElement>(selector);
    return [...all].filter((one) => one.checkVisibility() && !(one as HTMLButtonElement).disabled);
  }, `${scope} ${CONTROLS}`);
  const count = await controls.evaluate((all) => all.length);
  // A screen may have nothing but what is to be read; a page has links.
  if (count === 0 && (screen === undefined || (await page.locator(scope).count()) === 0))
    throw new Error(`There is nothing to reach in ${scope} of ${page.url()}.`);
  await page.evaluate(startBefore, scope);
  const { stops, unseen } = await tabThrough(page, controls, count);
  const found = await controls.evaluate((all, reached) => {
    const groups = new Set(reached.map((i) => (all[i] as HTMLInputElement).name).filter((name) => name));
    const missed = all.filter((one, i) => {
      const input = one as HTMLInputElement;
      return !reached.includes(i) && !(input.type === "radio" && groups.has(input.name));
    });
    const early = reached.flatMap((i, at) =>
      at > 0 && i < reached[at - 1]! ? [all[reached[at - 1]!]!] : [],
    );
    return [...missed, ...early].map((one) => one.outerHTML.slice(0, 160));
  }, stops);
  await before.evaluate((one) => (one as HTMLElement | null)?.focus());
  return [...found, ...unseen];
}

/** In the page: the next Tab goes to the first control of the scope. */
function startBefore(scope: string): void {
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.querySelector(scope)!.prepend(start);
  start.focus();
  start.remove();
}

/** Once round: which controls have the focus, one after another, and where on the way it is not seen. */
async function tabThrough(page: Page, controls: JSHandle<HTMLElement[]>, count: number) {
  const stops: number[] = [];
  const unseen = new Set<string>();
  for (let stop = 0; stops.length < count && stop < 3 * count + MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    const at = await controls.evaluate((all) => all.indexOf(document.activeElement as HTMLElement));
    // A field for a day is several stops.
    if (at === -1 || at === stops.at(-1)) continue;
    if (at === stops[0]) break;
    stops.push(at);
    const one = await page.evaluate(unseenFocus);
    if (one !== null) unseen.add(one);
  }
  return { stops, unseen };
}

/** A group of radio buttons is one stop of Tab; the arrows go round in it. */
async function chooseRadio(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  const group = await control.getAttribute("name");
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const inside = await page.evaluate(
      (name) => (document.activeElement as HTMLInputElement | null)?.name === name,
      group,
    );
    if (inside) break;
    await page.keyboard.press("Tab");
  }
  if (await hasFocus(control)) await page.keyboard.press("Space");
  for (let step = 0; step < MOST_STOPS && !(await control.isChecked()); step++) {
    await page.keyboard.press("ArrowDown");
  }
  if (!(await control.isChecked())) throw new Error(`The arrows do not choose ${control}.`);
}
