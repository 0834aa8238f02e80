/**
 * What axe finds on a page as it stands, in light, and of colours in dark too. Its script comes in through the browser's own debugging
 * channel, so that the page's Content-Security-Policy need not be loosened for it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, default as axe } from "axe-core";
import type { Page } from "playwright-core";

/** The small form: it is read anew on every page. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ALL = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
} as const;
/** The rules that look at colours: the others find in dark what they have found in light. */
const OF_COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] } as const;

/** One line for each finding; empty if there is none. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settled);
    const rules = colorScheme === "light" ? ALL : OF_COLOURS;
    found.push(...(await runAxe(page, rules)).map((line) => `${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** In the page: waits until colours have gone over into those of the scheme. What moves for ever is not waited for. */
async function settled(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

async function runAxe(page: Page, rules: typeof ALL | typeof OF_COLOURS): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(SOURCE);
  const { violations } = (await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: runOnly.type, values: [...runOnly.values] },
        // Selectors for all that is well take longer than looking.
        resultTypes: ["violations"],
      }),
    rules,
  )) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary ?? ""}`,
    ),
  );
}
