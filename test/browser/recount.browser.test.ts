/**
 * Counting again on a page, as a journalist does it: from the board and from a bundle, the number is right; what was tampered
 * with is refused by name; and a log that is not the one that was seen before is shouted about.
 */
import type { EndorsementLeaf } from "@undersigned/core";
import { makeBundle } from "@undersigned/verify";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LetterHandle, LogBuilder } from "../kit/log-builder.ts";
import { editBundle, editJson, memorySource, type PublicFiles } from "../kit/public-files.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { type Hands, keyboard, touch } from "./kit/hands.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";
import { Traffic } from "./kit/network.ts";
import { Pictures } from "./kit/pictures.ts";
import { inspect, onScreen } from "./kit/screens.ts";
import { setClock } from "./kit/site.ts";

const SIGNED = 300;
const LATER = 40;
const DAY = "2026-03-20";
const pictures = new Pictures("recount");

type Made = { readonly builder: LogBuilder; readonly letter: LetterHandle; readonly early: PublicFiles };

/** 300 people sign; `ends` says who signs after the checkpoint that is remembered. */
async function makeLog(ends: number): Promise<Made> {
  const builder = new LogBuilder({ seed: "browser", registrars: 1, quorum: 1, headcount: 1400 });
  builder.addEpoch({ opens: "2026-03-01", closes: "2026-12-31" });
  const letter = builder.addLetter({
    opens: "2026-03-02",
    closes: "2026-04-30",
    first: 20,
    min: 20,
    every: 1,
  });
  builder.addIssuance(0, "2026-03-03", 400);
  const sign = (from: number, count: number): EndorsementLeaf[] =>
    Array.from({ length: count }, (_, i) => builder.endorse(letter, from + i));
  builder.addBatch("2026-03-03", sign(0, 200));
  builder.addBatch("2026-03-04", sign(200, SIGNED - 200));
  const early = await builder.files();
  if (ends > 0) builder.addBatch("2026-03-05", sign(ends, LATER));
  return { builder, letter, early };
}

let log: Made;
let whole: PublicFiles;
/** Another end of the same log, as a board would make it that shows one person this and another that. */
let fork: PublicFiles;
let site: LogSite;
let browser: Browser;
let context: BrowserContext;
let traffic: Traffic;
let page: Page;
let hands: Hands;

beforeAll(async () => {
  log = await makeLog(1_000);
  whole = await log.builder.files();
  fork = await (await makeLog(2_000)).builder.files();
  const { employer, log: named } = log.builder.manifest;
  site = await startLogSite({
    files: memorySource(whole),
    workforce: log.builder.workforce,
    employer,
    origin: named.origin,
    day: DAY,
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  site.show(memorySource(whole));
  context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  await setClock(context, Date.parse(`${DAY}T10:00:00Z`));
  traffic = new Traffic(context, [site.origin]);
  page = await context.newPage();
  hands = touch(page);
});
afterEach(() => context.close());

async function open(): Promise<Locator> {
  // The same address again, but for its fragment, would only be a jump within the page.
  await page.goto("about:blank");
  await page.goto(site.recountAddress(log.letter.letter));
  return await onScreen(page, "ready");
}

async function recountFromBoard(): Promise<Locator> {
  await open();
  await hands.press("Recount from this board");
  return await onScreen(page, "result");
}

/** The same, and the page is asked to remember what it saw. */
async function recountAndRemember(): Promise<void> {
  await open();
  await hands.choose("Remember this checkpoint on this device");
  await hands.press("Recount from this board");
  await onScreen(page, "result");
}

const QUOTED = "holders of work mailboxes";

/** As somebody who drops a file on the page. */
async function drop(bytes: Uint8Array): Promise<void> {
  const file = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([binary], "letter.zip", { type: "application/zip" }));
    return transfer;
  }, Buffer.from(bytes).toString("base64"));
  const target = page.locator("[data-screen=ready]");
  await target.dispatchEvent("dragover", { dataTransfer: file });
  await target.dispatchEvent("drop", { dataTransfer: file });
}

const bundleOf = (files: PublicFiles) => makeBundle(memorySource(files), log.builder.workforce);

describe("from the board", () => {
  it("counts right, by keyboard alone, and says what was checked, what was not, and what to quote", async () => {
    hands = keyboard(page);
    await page.goto(site.recountAddress(log.letter.letter));
    await inspect(page, "ready", pictures);
    await hands.press("Recount from this board");
    const result = await inspect(page, "result", pictures);
    const text = (await result.innerText()).replace(/\s+/g, " ");
    expect(text).toContain(`${SIGNED + LATER} holders of work mailboxes at example.com stand by`);
    expect(text).toMatch(/not proved/i);
    expect(traffic.elsewhere()).toEqual([]);
    expect(traffic.posts()).toEqual([]);
  });

  it("shows how far it is, and stops when told", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await context.route("**/tile/entries/**", async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await open();
    await hands.press("Recount from this board");
    const counting = await inspect(page, "counting", pictures);
    expect(await counting.getByRole("progressbar").count()).toBe(1);
    await hands.press("Stop");
    await onScreen(page, "ready");
    release();
  });

  it("gives the sentence, the report and the checkpoint to keep", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
    await recountFromBoard();
    await hands.press("Copy the sentence");
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain(`${SIGNED + LATER} ${QUOTED}`);
    const saved = async (button: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), hands.press(button)]);
      const parts: Buffer[] = [];
      for await (const part of await download.createReadStream()) parts.push(part as Buffer);
      return Buffer.concat(parts);
    };
    expect((await saved("Save the report")).toString()).toContain(log.letter.letter);
    expect(await saved("Save the checkpoint")).toEqual(Buffer.from(whole.get("checkpoint")!));
  });

  it("refuses a leaf that was changed behind the log's back, and says which rule it breaks", async () => {
    const files = new Map(whole);
    const size = log.builder.entries.length;
    editBundle(files, 100, size, (entries, at) =>
      entries.map((entry, i) =>
        i === at
          ? new TextEncoder().encode(new TextDecoder().decode(entry).replace(/"sig":"./, '"sig":"A'))
          : entry,
      ),
    );
    site.show(memorySource(files));
    await recountFromBoard();
    const text = await (await inspect(page, "result", pictures)).innerText();
    expect(text).toContain("leaf-changed");
    expect(text).not.toContain(QUOTED);
  });

  it("refuses an index that counts more than the log, and says what the log has", async () => {
    const files = new Map(whole);
    editJson(files, "index.json", (index) => {
      index.letters[0].counted.mailbox += 100;
    });
    site.show(memorySource(files));
    const text = await (await recountFromBoard()).innerText();
    expect(text).toContain("count-inflated");
    expect(text).not.toContain(QUOTED);
  });
});

describe("from a bundle", () => {
  it("counts right without asking the board", async () => {
    const bundle = await bundleOf(whole);
    await open();
    traffic.forget();
    await drop(bundle);
    const text = await (await onScreen(page, "result")).innerText();
    expect(text).toContain(`${SIGNED + LATER} ${QUOTED}`);
    const log = traffic.asked.filter(({ url }) => !url.includes("/assets/"));
    expect(log).toEqual([]);
  });

  it("counts right when it is chosen instead of dropped", async () => {
    const buffer = Buffer.from(await bundleOf(whole));
    await open();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), hands.press("Choose a bundle")]);
    await chooser.setFiles({ name: "letter.zip", mimeType: "application/zip", buffer });
    const text = await (await onScreen(page, "result")).innerText();
    expect(text).toContain(`${SIGNED + LATER} ${QUOTED}`);
  });

  it("refuses one in which somebody signed without a registrar's token, and names what is wrong", async () => {
    const { builder, letter } = await makeLog(0);
    const stolen = builder.endorse(letter, 5_000, { tokens: { slot: 7 } });
    builder.addBatch("2026-03-05", [
      stolen,
      ...Array.from({ length: 20 }, (_, i) => builder.endorse(letter, 6_000 + i)),
    ]);
    await open();
    await drop(await bundleOf(await builder.files()));
    const text = await (await onScreen(page, "result")).innerText();
    expect(text).toContain("token-invalid");
    expect(text).not.toContain(QUOTED);
  });

  it("refuses one that was damaged on its way", async () => {
    const damaged = Uint8Array.from(await bundleOf(whole));
    damaged[damaged.length >> 1]! ^= 1;
    await open();
    await drop(damaged);
    const end = page.locator("[data-screen=failed], [data-screen=result]");
    await end.waitFor();
    expect(await end.getByRole("alert").count()).toBeGreaterThan(0);
    expect(await end.innerText()).not.toContain(QUOTED);
  });

  it("refuses a file that is none, and says what to do", async () => {
    await open();
    await drop(new TextEncoder().encode("This is no bundle."));
    const failed = await inspect(page, "failed", pictures);
    expect((await failed.innerText()).length).toBeGreaterThan(40);
    expect(await page.getByRole("button", { name: "Recount again" }).count()).toBe(1);
  });
});

describe("the checkpoint that it saw", () => {
  it("is not remembered unless that is asked for", async () => {
    await recountFromBoard();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it("is remembered on request, and a log that has grown out of it is well", async () => {
    site.show(memorySource(log.early));
    await recountAndRemember();
    site.show(memorySource(whole));
    const text = await (await recountFromBoard()).innerText();
    expect(text).toContain(`${SIGNED + LATER} ${QUOTED}`);
    expect(text).toContain("The log has grown out of the checkpoint");
  });

  it("makes it shout when another log is shown, and goes on shouting", async () => {
    await recountAndRemember();
    site.show(memorySource(fork));
    const shown = await recountFromBoard();
    expect(await shown.getByRole("alert").count()).toBeGreaterThan(0);
    expect(await shown.innerText()).toContain("You are being shown another log than before");
    expect(await shown.innerText()).not.toContain(QUOTED);
    await inspect(page, "result", pictures);
    // The one that was seen first stays the one that is compared with.
    expect(await (await recountFromBoard()).innerText()).toContain("log-forked");
  });

  it("makes it shout when the log has become shorter", async () => {
    await recountAndRemember();
    site.show(memorySource(log.early));
    const text = await (await recountFromBoard()).innerText();
    expect(text).toContain("log-shorter-than-known");
    expect(text).not.toContain(QUOTED);
  });

  it("is forgotten on request, and nothing of it stays", async () => {
    await recountAndRemember();
    await open();
    await hands.press("Forget the remembered checkpoint");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    site.show(memorySource(fork));
    expect(await (await recountFromBoard()).innerText()).not.toContain("log-forked");
  });

  it("can be kept as a file instead, which shows a fork as well", async () => {
    await open();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      hands.press("Compare with a checkpoint file"),
    ]);
    const buffer = Buffer.from(whole.get("checkpoint")!);
    await chooser.setFiles({ name: "checkpoint.txt", mimeType: "text/plain", buffer });
    site.show(memorySource(fork));
    await hands.press("Recount from this board");
    expect(await (await onScreen(page, "result")).innerText()).toContain("log-forked");
  });
});

describe("where storage is refused", () => {
  it("counts all the same, and says that nothing can be remembered", async () => {
    await context.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    });
    const text = await (await recountFromBoard()).innerText();
    expect(text).toContain(`${SIGNED + LATER} ${QUOTED}`);
    expect(text).toContain("remember nothing");
  });
});

describe("a link that names another workforce than the page", () => {
  it("is found out before anything is counted", async () => {
    await page.goto(site.recountAddress(log.letter.letter).replace(/#.*$/, `#${"A".repeat(43)}`));
    await inspect(page, "failed", pictures);
    expect(traffic.asked.filter(({ url }) => url.includes("/tile/"))).toEqual([]);
  });
});
