/**
 * A board with pages, a registrar in a process of its own and a mail server, as a person's browser meets them; and other
 * people, who sign as well, so that a batch comes out.
 */
import {
  type Appearance,
  addDays,
  type BatchRule,
  type LetterManifest,
  type WorkforceManifest,
} from "@undersigned/core";
import type { RegistrarLimits } from "@undersigned/registrar";
import { httpSource, openWorkforce } from "@undersigned/verify";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { SeededRandom } from "../../kit/seeded-random.ts";
import {
  ANONYMOUS,
  blindedSlots,
  enrolDirectly,
  makePeople,
  mintEndorsement,
  type Person,
  postEndorsement,
} from "../../kit/servers/crowd.ts";
import { codeReader } from "../../kit/servers/mailed-codes.ts";
import { type EpochSecrets, openEpochSecrets } from "../../kit/servers/mint-tokens.ts";
import { type PublicLeaf, readLeaves } from "../../kit/servers/public-leaves.ts";
import { startWorld, type World } from "../../kit/servers/world.ts";
import { Traffic } from "./network.ts";

/** A batch comes out once six are there, and from then on with every tick. */
export const BATCH: BatchRule = {
  first: 6,
  classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } },
};

export type SiteOptions = {
  readonly seed: number;
  readonly letters?: number;
  readonly batch?: BatchRule;
  readonly workforce?: Partial<WorkforceManifest>;
  /** n and k, with a gate before each registrar; one without a gate if left out. */
  readonly registrars?: number;
  readonly quorum?: number;
  /** Registrars' limits that are not those of a test. */
  readonly limits?: Partial<RegistrarLimits>;
  /** What DNS says to registrars, by name; they do not ask it if left out. */
  readonly dns?: Readonly<Record<string, string>>;
  readonly text?: (slot: number) => Partial<LetterManifest>;
};

export type Visit = { readonly context: BrowserContext; readonly traffic: Traffic };

export type Site = {
  readonly world: World;
  readonly epoch: EpochSecrets;
  /** The board's and the registrar's. */
  readonly origins: readonly string[];
  /** Of a page, from its path. */
  address(path: string): string;
  letterPath(slot?: number): string;
  signAddress(slot?: number): string;
  recountAddress(slot?: number): string;
  /** A browser window that keeps nothing, whose clock shows the servers' day. */
  visit(browser: Browser, options?: BrowserContextOptions): Promise<Visit>;
  /** The digits of the newest mail to this mailbox, or of the newest one by the registrar of this name. */
  code(mailbox: string, registrar?: string): Promise<string>;
  /** So many others enrol and sign. */
  crowd(
    count: number,
    appearance?: (number: number) => Appearance,
    slot?: number,
  ): Promise<readonly Person[]>;
  /** A day passes: both servers' clocks move, and the board's batch comes out. */
  nextDay(): Promise<void>;
  /** The same, seen from a page: its clock moves too, and what its browser kept for some seconds is no longer kept. */
  nextDayFor(page: Page): Promise<void>;
  leaves(): Promise<readonly PublicLeaf[]>;
  /** Of unlisted letters, by letter: others have their links too. */
  readonly linkKeys: Map<string, Uint8Array>;
  close(): Promise<void>;
};

export async function startSite(options: SiteOptions): Promise<Site> {
  const { seed, ...of } = options;
  const gates = (of.registrars ?? 1) > 1;
  const world = await startWorld({ batch: BATCH, ...of, gates, pages: true });
  const random = new SeededRandom(seed);
  const [epoch, ...others] = (await Promise.all(
    world.registrars.slice(0, world.manifest.quorum).map((registrar) => openEpochSecrets(world, registrar)),
  )) as [EpochSecrets, ...EpochSecrets[]];
  const registrars = world.manifest.registrars.map(({ url }) => url);
  const origins = [world.board.url, ...registrars].map((url) => new URL(url).origin);
  const address = (path: string) => `${origins[0]}${path}`;
  const letterPath = (slot = 0) => `/w/${world.workforce}/letters/${world.letters[slot]}`;
  const linkKeys = new Map<string, Uint8Array>();
  const day = () => addDays(world.clock.day, 1);

  return {
    world,
    epoch,
    origins,
    address,
    letterPath,
    signAddress: (slot) => address(`${letterPath(slot)}/sign#${world.workforce}`),
    recountAddress: (slot) => address(`${letterPath(slot)}/recount#${world.workforce}`),
    async visit(browser, contextOptions) {
      const context = await browser.newContext(contextOptions);
      context.setDefaultTimeout(10_000);
      await setClock(context, world.clock.time);
      return { context, traffic: new Traffic(context, origins) };
    },
    async code(mailbox, registrar) {
      if (registrar !== undefined) return await codeReader(world, mailbox)({ name: registrar });
      const mail = await world.smtp.waitFor(mailbox, 20_000);
      return codeIn(mail.raw);
    },
    async crowd(count, appearance = () => ANONYMOUS, slot = 0) {
      const people = makePeople(random, count);
      const view = await openWorkforce(httpSource(world.files), world.workforce, { linkKeys });
      for (const [number, person] of people.entries()) {
        const all = [epoch, ...others];
        for (const [i, one] of all.entries()) {
          await enrolDirectly(world, one, person, blindedSlots(random, person, one, 0), world.registrars[i]);
        }
        const request = await mintEndorsement(view, all, person, world.letters[slot]!, appearance(number));
        await postEndorsement(world, request);
      }
      return people;
    },
    nextDay: () => world.moveTo(day()),
    async nextDayFor(page) {
      await world.moveTo(day());
      await setClock(page.context(), world.clock.time);
      const session = await page.context().newCDPSession(page);
      await session.send("Network.clearBrowserCache");
      await session.detach();
    },
    linkKeys,
    leaves: () => readLeaves(world.files),
    close: () => world.close(),
  };
}

/** Timers go on; only what the clock says stands still, as the servers' does. */
export async function setClock(context: BrowserContext, time: number): Promise<void> {
  await context.clock.setFixedTime(time);
}

function codeIn(mail: string): string {
  const code = /\b\d{8}\b/.exec(mail.slice(mail.indexOf("\r\n\r\n")))?.[0];
  if (code === undefined) throw new Error("There is no code in the mail.");
  return code;
}
