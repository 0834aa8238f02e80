/**
 * A person's hands, on a keyboard or on a touch screen. Both find a control by what it is called. The keyboard reaches it
 * with the Tab key alone, as people do who have nothing else, and sees at every stop that the focus is visible.
 */
import type { Locator, Page } from "playwright-core";

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

/**
 * Controls of a screen that the Tab key does not reach, or on which the focus is not seen; and then back to where it was. Of a
 * group of radio buttons one is enough, since the arrows go on from there.
 */
export async function unreachedByTab(page: Page, screen: string): Promise<string[]> {
  const before = await page.evaluateHandle(() => document.activeElement);
  const controls = await page.evaluateHandle((name) => {
    const all = document.querySelectorAll<HTMLElement>(
      `[data-screen="${name}"] :is(a[href], button, input, select, textarea, summary)`,
    );
    return [...all].filter((one) => one.checkVisibility() && !(one as HTMLButtonElement).disabled);
  }, screen);
  const reached = new Set<number>();
  const unseen: string[] = [];
  await page.evaluate((name) => {
    document.querySelector<HTMLElement>(`[data-screen="${name}"] :is(h2, h1)`)?.focus();
  }, screen);
  const count = await controls.evaluate((all) => all.length);
  for (let stop = 0; stop < 3 * count + 20 && reached.size < count; stop++) {
    await page.keyboard.press("Tab");
    const at = await controls.evaluate((all) => all.indexOf(document.activeElement as HTMLElement));
    if (at === -1) continue;
    reached.add(at);
    const one = await page.evaluate(unseenFocus);
    if (one !== null) unseen.push(one);
  }
  const missed = await controls.evaluate(
    (all, there) => {
      const groups = new Set(there.map((i) => (all[i] as HTMLInputElement).name).filter((name) => name));
      return all
        .filter((one, i) => {
          const input = one as HTMLInputElement;
          return !there.includes(i) && !(input.type === "radio" && groups.has(input.name));
        })
        .map((one) => one.outerHTML.slice(0, 160));
    },
    [...reached],
  );
  await before.evaluate((one) => (one as HTMLElement | null)?.focus());
  return [...missed, ...unseen];
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
