/**
 * What people's browsers have to do, in Chromium, on the pages as they are built and served: how much is loaded, how long
 * scripts run for enrolling and for signing, how long a recount takes.
 *
 * Enrolling and signing go on between a real board and a real registrar; times are of script on the page's own thread, from
 * the press of the button to the next screen. The recount is of a log on this machine, from the press to the result.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directorySource, openWorkforce } from "@undersigned/verify";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../test/browser/kit/chromium.ts";
import { touch } from "../../test/browser/kit/hands.ts";
import { startLogSite } from "../../test/browser/kit/log-site.ts";
import { onScreen } from "../../test/browser/kit/screens.ts";
import { Signatory } from "../../test/browser/kit/signatory.ts";
import { type Site, startSite } from "../../test/browser/kit/site.ts";
import { median } from "../lib/statistics.ts";
import { logFolder } from "../recount/log-folder.ts";
import { readEndorsements } from "../world/endorsements.ts";
import { newWorld, releaseDay } from "../world/world.ts";
import { type PageWeight, weigh } from "./page-weight.ts";
import { ScriptTime } from "./script-time.ts";

export interface BrowserResult {
  readonly browser: string;
  /** A letter of one line, and nobody who is shown: the page besides the text and the list. */
  readonly reader: PageWeight;
  readonly signing: PageWeight;
  /** Median of script, in milliseconds. */
  readonly enrolMs: number;
  readonly signMs: number;
  readonly runs: readonly {
    /** Up to the reservation: 16 keys, blinded. */
    readonly blindMs: number;
    /** From the code to 16 tokens, unblinded and checked. */
    readonly unblindMs: number;
    readonly signMs: number;
  }[];
  readonly recount: {
    readonly endorsements: number;
    /** Median, from the press of the button to the result. */
    readonly seconds: number;
    readonly all: readonly number[];
  };
}

export interface BrowserSettings {
  readonly endorsementFile: string;
  /** How many endorsements the recounted log holds. */
  readonly endorsements: number;
  readonly runs: number;
}

export async function measureBrowser(settings: BrowserSettings): Promise<BrowserResult> {
  const browser = await launchBrowser();
  try {
    const site = await startSite({ seed: 1, text: () => ({ title: "Stop", body: "Stop.", demands: [] }) });
    try {
      const weights = await weighPages(browser, site);
      const runs: BrowserResult["runs"][number][] = [];
      // The first run is the one in which V8 has compiled nothing yet, as it is for every signatory: it counts too.
      for (let run = 0; run < settings.runs; run++) runs.push(await measureSignatory(browser, site, run));
      return {
        browser: browser.version(),
        ...weights,
        enrolMs: median(runs.map(({ blindMs, unblindMs }) => blindMs + unblindMs)),
        signMs: median(runs.map(({ signMs }) => signMs)),
        runs,
        recount: await measureRecount(browser, settings),
      };
    } finally {
      await site.close();
    }
  } finally {
    await browser.close();
  }
}

async function weighPages(browser: Browser, site: Site): Promise<Pick<BrowserResult, "reader" | "signing">> {
  const weighOne = async (address: string, screen: "warning" | null) => {
    const { context } = await site.visit(browser);
    const page = await context.newPage();
    const ready = async () => screen !== null && (await onScreen(page, screen));
    const weight = await weigh(page, address, ready);
    await context.close();
    return weight;
  };
  return {
    reader: await weighOne(site.address(site.letterPath()), null),
    signing: await weighOne(site.signAddress(), "warning"),
  };
}

/** One person, in a window that has kept nothing of the ones before. */
async function measureSignatory(browser: Browser, site: Site, run: number) {
  const { context } = await site.visit(browser, { viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const person = new Signatory({ page, hands: touch(page), site });
  await person.arrive();
  await person.makePhrase();
  const script = await ScriptTime.of(page);
  const mailbox = `measured.${run}@example.com`;
  const blindMs = await script.during(() => person.askForCode(mailbox));
  const code = await site.code(mailbox);
  const unblindMs = await script.during(async () => {
    await person.giveCode(code);
    await person.see("later");
  });
  await person.prepare({ as: "anonymous" });
  const signMs = await script.during(async () => {
    await person.hands.press("Sign");
    await person.see("receipt");
  });
  await context.close();
  return { blindMs, unblindMs, signMs };
}

async function measureRecount(
  browser: Browser,
  { endorsementFile, endorsements, runs }: BrowserSettings,
): Promise<BrowserResult["recount"]> {
  const kept = readEndorsements(endorsementFile, endorsements);
  // Made anew, unlike those of the bench's other parts: it is small, and the pages are strict about each file's format.
  const folder = mkdtempSync(join(tmpdir(), "undersigned-bench-log-"));
  const { path, workforce, letter } = await logFolder(folder, kept);
  const { manifest } = newWorld().builder;
  const files = directorySource(path);
  const { origin } = (await openWorkforce(files, workforce)).checkpoint;
  const day = releaseDay(30);
  const site = await startLogSite({ files, workforce, employer: manifest.employer, origin, day });
  const all: number[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(site.recountAddress(letter));
      await onScreen(page, "ready");
      const button = page.getByRole("button", { name: "Recount from this board", exact: true });
      const began = performance.now();
      await button.click();
      const result = await onScreen(page, "result");
      all.push((performance.now() - began) / 1000);
      const counted = new Intl.NumberFormat("en-US").format(kept.count);
      if (!(await result.innerText()).includes(counted))
        throw new Error(`The page did not count ${counted}.`);
      await context.close();
    }
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { endorsements: kept.count, seconds: median(all), all };
}
