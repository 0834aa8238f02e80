/**
 * The page and the command are one client: from the same phrase and the same choice, a browser sends the very bytes that the
 * package makes in Node. So nobody need trust the page more than the command, and what one began the other ends.
 */
import {
  enrol,
  type Fetch,
  prepareEndorsement,
  prepareRevision,
  prepareWithdrawal,
} from "@undersigned/client";
import {
  type EnrolmentTokens,
  encodeCanonical,
  type JsonValue,
  openEnrolment,
  Secrets,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./kit/chromium.ts";
import { touch } from "./kit/hands.ts";
import { ORDINARY } from "./kit/letters.ts";
import { Signatory } from "./kit/signatory.ts";
import { type Site, startSite, type Visit } from "./kit/site.ts";

const MAILBOX = "same.bytes@example.com";
const NAME = "Zoë Müller-Łukasz";

let site: Site;
let browser: Browser;
let visit: Visit;
let page: Page;
let person: Signatory;
let phrase: string;
let code: string;
let file: Buffer;
/** What the package makes in Node. */
let view: WorkforceView;
let sentByNode: Map<string, string>;
let tokens: EnrolmentTokens;

/** What the page has sent to addresses that end so. */
const sent = (end: string) => visit.traffic.posts(end).map(({ body }) => body?.toString());

const canonical = (value: unknown) => Buffer.from(encodeCanonical(value as JsonValue)).toString();

beforeAll(async () => {
  site = await startSite({ seed: 55, workforce: { roles: ["Engineer"] }, text: () => ORDINARY });
  browser = await launchBrowser();
  visit = await site.visit(browser);
  page = await visit.context.newPage();
  person = new Signatory({ page, hands: touch(page), site });
  await person.arrive();
  phrase = await person.makePhrase();
  code = await person.enrol(MAILBOX);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    person.hands.press("Save and sign later"),
  ]);
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  file = Buffer.concat(parts);

  view = await site.world.view();
  sentByNode = new Map();
  const noting: Fetch = (url, init) => {
    sentByNode.set(new URL(url).pathname, Buffer.from(init.body as Uint8Array).toString());
    return fetch(url, init);
  };
  const secrets = new Secrets(phrase);
  ({ tokens } = await enrol({
    fetch: noting,
    secrets,
    view,
    epoch: 1,
    evidence: { kind: "mailbox-code", mailbox: MAILBOX, askCode: async () => code },
    name: null,
  }));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("from one phrase, browser and package make the same", () => {
  it.each(["/v1/reservations", "/v1/enrolments"])("bytes for %s", (path) => {
    expect(sentByNode.get(path)).toBeDefined();
    expect(sent(path)).toEqual([sentByNode.get(path)]);
  });

  it("tokens in the file that the page saves", async () => {
    expect(await openEnrolment(new Secrets(phrase), site.world.workforce, new Uint8Array(file))).toEqual(
      tokens,
    );
  });

  it("endorsement, with its opening and its consent", async () => {
    await person.sign({ as: "named", name: NAME, role: "Engineer" });
    const request = await prepareEndorsement({
      view,
      secrets: new Secrets(phrase),
      letter: site.world.letters[0]!,
      tokens,
      appearance: { kind: "named", name: NAME, confirmed: null, role: "Engineer", place: null },
      remainder: "destroy",
    });
    const bodies = sent("/v1/endorsements");
    expect(bodies).toHaveLength(1);
    const body = JSON.parse(bodies[0] ?? "null");
    expect(["destroy", "release"]).toContain(body.remainder);
    const alike =
      body.remainder === "destroy"
        ? request
        : await prepareEndorsement({
            view,
            secrets: new Secrets(phrase),
            letter: site.world.letters[0]!,
            tokens,
            appearance: { kind: "named", name: NAME, confirmed: null, role: "Engineer", place: null },
            remainder: "release",
          });
    expect(bodies[0]).toBe(canonical(alike));
  });

  it("revision and withdrawal", async () => {
    await site.crowd(6);
    await site.nextDayFor(page);
    const own = (await site.leaves()).find(({ leaf }) => {
      const { slot } = view.letters.get(site.world.letters[0]!)!.leaf;
      const at = { workforce: site.world.workforce, epoch: 1, slot };
      return leaf.type === "endorsement" && leaf.key === new Secrets(phrase).slotSigner(at).publicKey;
    })!;
    const common = { view, secrets: new Secrets(phrase), letter: site.world.letters[0]! };
    await person.comeBack(phrase);
    await person.hands.press("Change how I appear");
    await person.see("revise");
    await person.chooseToAppear({ as: "anonymous" });
    await person.hands.press("Go on");
    await person.see("review");
    await person.hands.press("Sign");
    await person.see("receipt");
    const head = { seq: 0, leaf: own.name };
    const revision = await prepareRevision({ ...common, head, appearance: { kind: "anonymous" } });
    expect(sent("/v1/revisions")).toEqual([canonical(revision)]);

    await site.nextDayFor(page);
    await person.comeBack(phrase);
    await person.hands.press("Take my signature back");
    await person.see("withdraw");
    await person.hands.press("Yes, take it back");
    await person.see("withdrawn");
    const last = (await site.leaves()).findLast(({ leaf }) => leaf.type === "revision")!;
    const withdrawal = prepareWithdrawal({ ...common, head: { seq: 1, leaf: last.name } });
    expect(sent("/v1/withdrawals")).toEqual([canonical(withdrawal)]);
  });
});
