/** Pictures of every screen, for people to look at, unless it is `npm test` that runs: test/browser/pictures/<test>/<number>-<screen>-<width>.png. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { TAKES_PICTURES } from "../../kit/size.ts";

export const PICTURES = join(import.meta.dirname, "../pictures");

/** Chromium draws no taller picture in one piece, and on a busy machine it fails at the next one after it has tried. */
const MOST_PIXELS = 16_384;

export class Pictures {
  readonly #folder: string;
  #taken = 0;

  constructor(test: string) {
    this.#folder = join(PICTURES, test);
  }

  /** Of the whole page, or the beginning of a very long one. */
  async take(page: Page, screen: string): Promise<void> {
    if (!TAKES_PICTURES) return;
    if (this.#taken === 0) await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true });
    const number = String(++this.#taken).padStart(2, "0");
    const width = page.viewportSize()?.width ?? 0;
    const height = Math.min(MOST_PIXELS, await page.evaluate(() => document.documentElement.scrollHeight));
    const shoot = () =>
      page.screenshot({
        path: join(this.#folder, `${number}-${screen}-${width}.png`),
        fullPage: true,
        clip: { x: 0, y: 0, width, height },
        animations: "disabled",
      });
    // Chromium sometimes cannot hand over the pixels of a tall page at once ("Unable to capture screenshot").
    await shoot().catch(shoot);
  }
}
