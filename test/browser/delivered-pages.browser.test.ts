/**
 * What readers see of a letter that was handed over, answered and judged, and of the register of what the company supplies:
 * no script, any width, any hand.
 */
import type { Dealing } from "@undersigned/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  answerByMail,
  changeDealings,
  DEALING,
  deliver,
  enterStatement,
  judge,
  withhold,
} from "../kit/further-leaves.ts";
import { LogBuilder } from "../kit/log-builder.ts";
import { memorySource } from "../kit/public-files.ts";
import { TAKES_PICTURES } from "../kit/size.ts";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard, unreachedByTab } from "./kit/hands.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";
import { Pictures } from "./kit/pictures.ts";
import { nameless, spoken } from "./kit/screen-reader.ts";
import { widerThanWindow } from "./kit/screens.ts";

const DEMANDS = [
  ["cancel", "Cancel the contract with the agency"],
  ["publish", "Publish what is supplied to it"],
  ["vote", "Let employees refuse such work"],
  ["review", "Have the decision reviewed by people from outside"],
] as const;
const LONG_WORD = "https://example.com/".padEnd(160, "a-very-long-path");

const pictures = new Pictures("delivered-public");
let site: LogSite;
let browser: Browser;
let letterPath: string;
let opened: Page | null = null;

function rows(): { row: string; entry: Dealing }[] {
  const recipients = ["Department of Examples", "Office of Samples", "Agency for Illustration"];
  const statuses = ["reported", "confirmed", "denied", "ended"] as const;
  return Array.from({ length: 12 }, (_, i) => ({
    row: `award:EXAMPLE-${String(i).padStart(2, "0")}`,
    entry: {
      ...DEALING,
      what: i === 3 ? `توريد العدسات ${i}` : i === 4 ? LONG_WORD : `Parts for the trial, lot ${i + 1}`,
      recipient: recipients[i % 3]!,
      office: i % 2 === 0 ? "Office for the trial" : null,
      agreed: i === 5 ? null : `20${20 + (i % 5)}-0${1 + (i % 9)}-15`,
      from: i % 4 === 0 ? "2024-01-01" : null,
      until: i % 4 === 0 ? "2026-12-31" : null,
      value: i === 6 ? null : { amount: `${(i + 1) * 1_250_000}.50`, currency: "USD", kind: "obligated" },
      status: statuses[i % 4]!,
      since: i % 4 === 0 ? null : "2031-05-04",
    },
  }));
}

beforeAll(async () => {
  const log = new LogBuilder({ registrars: 1, quorum: 1 });
  log.addEpoch();
  const handle = log.addLetter({
    title: "End the work for the agency",
    manifest: (text) => {
      text.addressee = { ...text.addressee, mailbox: "answers@example.com" };
      text.demands = DEMANDS.map(([id, title]) => ({ id, title, text: `${title}.`, met: "It is done." }));
    },
  });
  const { letter } = handle;
  const people = Array.from({ length: 8 }, (_, person) => log.endorse(handle, person));
  log.addBatch("2026-03-05", people);
  log.close(handle, "2026-05-01");
  const by = log.organisers;
  const one = by.slice(0, 1);
  deliver(log, letter, { day: "2026-05-02", by: one });
  deliver(log, letter, { day: "2026-05-03", by: one, edit: (of) => (of.how = "hand") });
  const held = answerByMail(log, letter, { day: "2026-05-04", edit: (of) => (of.subject = "First words") });
  answerByMail(log, letter, {
    day: "2026-05-06",
    edit: (of) => {
      of.text = `We have read your letter.\n\nوقرأناها.\n\nSee ${LONG_WORD}\nIt stays as it is.`;
    },
  });
  enterStatement(log, letter, { day: "2026-05-06", by: one });
  const states = ["met", "partly", "promised", "refused"] as const;
  let first: string | null = null;
  for (const [i, [demand]] of DEMANDS.entries()) {
    const { record } = judge(log, letter, {
      day: "2026-05-07",
      by,
      edit: (of) => {
        of.demand = demand;
        of.state = states[i]!;
        of.until = of.state === "promised" ? "2026-06-01" : null;
        of.reason = "As the company has said itself.";
      },
    });
    first ??= record;
  }
  judge(log, letter, {
    day: "2026-05-09",
    by,
    edit: (of) => {
      of.demand = "cancel";
      of.state = "partly";
      of.previous = first;
      of.reason = "One of three contracts has ended.";
    },
  });
  const start = changeDealings(log, letter, {
    day: "2026-05-09",
    by: one,
    edit: (of) => (of.changes = rows()),
  });
  changeDealings(log, letter, {
    day: "2026-05-10",
    by: one,
    edit: (of) => {
      const [changed] = rows();
      of.previous = start.record;
      of.changes = [
        { row: changed!.row, entry: { ...changed!.entry, status: "ended", since: "2026-05-09" } },
      ];
    },
  });
  // The evidence of both mails is the same file in this kit; what is shown of the second one stays.
  withhold(log, held.record, "2026-05-11");
  site = await startLogSite({
    files: memorySource(await log.files()),
    workforce: log.workforce,
    employer: log.manifest.employer,
    origin: log.manifest.log.origin,
    day: "2026-07-12",
  });
  letterPath = `/w/${log.workforce}/letters/${letter}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(async () => {
  await opened?.context().close();
  opened = null;
});

async function open(path: string, width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  opened = await context.newPage();
  const answer = await opened.goto(`${site.origin}${letterPath}${path}`);
  expect(answer?.status(), path).toBe(200);
  return opened;
}

describe.each([
  ["letter", ""],
  ["register", "/register"],
  ["filtered", "/register?status=denied&sort=value-up"],
  ["row", "/register/award:EXAMPLE-00"],
])("the page %s", (name, path) => {
  it("has no script and nothing that axe finds", async () => {
    const page = await open(path);
    expect(await page.locator("script").count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(nameless(await spoken(page))).toEqual([]);
  });

  it("fits a window of 320 px", async () => {
    expect(await widerThanWindow(await open(path, 320))).toEqual([]);
  });

  it("is gone through with the Tab key", async () => {
    expect(await unreachedByTab(await open(path))).toEqual([]);
  });

  it.runIf(TAKES_PICTURES)("is pictured", async () => {
    for (const width of [360, 1280]) {
      const page = await open(path, width);
      await pictures.take(page, name);
      await page.context().close();
    }
  });
});

it("a link that Tab does not reach, reaches too early or does not show would be found", async () => {
  const page = await open("/register/award:EXAMPLE-00");
  const link = page.locator("main a").last();
  const found = async (spoil: (one: HTMLElement | SVGElement) => void) => {
    await link.evaluate(spoil);
    const said = await unreachedByTab(page);
    await link.evaluate((one) => {
      one.removeAttribute("tabindex");
      one.removeAttribute("style");
    });
    return said.length;
  };
  expect(await found((one) => (one.tabIndex = -1))).toBe(1);
  expect(await found((one) => (one.tabIndex = 1))).toBe(1);
  expect(await found((one) => (one.style.outline = "none"))).toBe(1);
  expect(await found(() => {})).toBe(0);
});

it("the register is filtered and sorted by keyboard, without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  opened = await context.newPage();
  await opened.goto(`${site.origin}${letterPath}`);
  await keyboard(opened).follow("the register");
  await keyboard(opened).type("Words", "lot 12");
  await keyboard(opened).press("Show");
  await opened.waitForURL(/text=lot/);
  expect(await opened.locator("tbody tr").count()).toBe(1);
  expect(await opened.getByLabel("Words").inputValue()).toBe("lot 12");
  await keyboard(opened).follow("All rows");
  await opened.waitForURL(/register$/);
  await keyboard(opened).follow("Value");
  await opened.waitForURL(/sort=value-down/);
  expect(await opened.locator("tbody tr").first().innerText()).toContain("15,000,000.50");
});
