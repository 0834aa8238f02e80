/**
 * Everything that the demo runs, set up as an operator and an organiser would: keys, a workforce manifest signed by its
 * registrars, an epoch, a letter, and only then people who enrol. Board in this process; each registrar in one of its own.
 */
import { join } from "node:path";
import { boardPrefix } from "@undersigned/client";
import {
  addDays,
  encodeCanonical,
  type LetterManifest,
  randomBytes,
  signerFromSeed,
  workforceManifestHash,
} from "@undersigned/core";
import { generateX25519Identity } from "age-encryption";
import { startAddressee } from "../answered/addressee.ts";
import { deskBeside } from "../answered/desk-beside.ts";
import { startDnsServer } from "../answered/dns-server.ts";
import { FURTHER_DAYS, type FurtherLife, furtherLife } from "../answered/further-days.ts";
import { createOrganisers, meetAtTheDesk } from "../answered/organisers.ts";
import type { CleanUp } from "../clean-up.ts";
import { type Flags, isAnswered } from "../flags.ts";
import { startStaticServer } from "../followed/static-server.ts";
import { type MailCatcher, startMailCatcher } from "../mail/mail-catcher.ts";
import { startMailPage } from "../mail/mail-page.ts";
import { LAST_DAY, type Plan } from "../plan.ts";
import { sampleChronicle } from "../sample/sample-chronicle.ts";
import { ADDRESSEE } from "../sample/sample-letter.ts";
import { accompliceMailbox, headcount, sampleManifest } from "../sample/sample-workforce.ts";
import type { DataFolder } from "./data-folder.ts";
import { type Databases, openDatabases } from "./databases.ts";
import { DemoClock } from "./demo-clock.ts";
import { publishLetters } from "./letters.ts";
import type { CodeQuestion } from "./registrar-messages.ts";
import { type DemoRegistrar, type Registrars, startRegistrars } from "./registrars.ts";
import { EPOCH, openEpoch, startOwnBoard } from "./set-up.ts";

export type World = {
  /** Addresses, each with its closing slash. */
  readonly board: string;
  readonly mailPage: string;
  readonly files: string;

  readonly registrars: readonly DemoRegistrar[];
  readonly quorum: number;
  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
  readonly manifest: LetterManifest;
  /** The letter that is handed over and answered: the demo's own, or an earlier one beside it; null where there is none. */
  readonly further: {
    readonly letter: string;
    readonly life: FurtherLife;
    /** The twelve words by which a visitor comes to the desk as the first of its organisers. */
    readonly phrase: string;
  } | null;
  /** Where a mirror of the board is going to be kept and served; its address has its closing slash. Null where none is. */
  readonly mirror: { readonly folder: string; readonly url: string } | null;
  readonly employees: number;
  /** Whether who enrols by mailbox gets an invitation to give. */
  readonly hasInvitations: boolean;
  readonly engine: Databases["engine"];
  readonly catcher: MailCatcher;
  readonly clock: DemoClock;
  /** Rejects if a registrar's process ends by itself. */
  readonly failed: Promise<never>;
  /** Has every dishonest registrar forge, and help two more employees to sign twice. */
  readonly attack: () => Promise<void>;
  readonly confess: Registrars["confess"];
  /** Moves registrars and board to the day, and lets the board release what is due. Nothing may be under way meanwhile. */
  readonly moveTo: (day: string) => Promise<void>;
};

/** Each makes everybody's enrolment longer by a sixteenth. None where registrars lie: theirs lie about tokens of mailboxes. */
const INVITATIONS = 1;
const HELPERS_MAIL_WITHIN_MS = 60_000;

/** From the demo's first day to its last. */
function daysOf(flags: Flags): number {
  return isAnswered(flags) ? LAST_DAY - 1 + FURTHER_DAYS : LAST_DAY;
}

/** `today` is the day on which the demo's batches end, and what comes after the letter's closing. */
export async function startWorld(
  flags: Flags,
  plan: Plan,
  folder: DataFolder,
  today: string,
  cleanUp: CleanUp,
): Promise<World> {
  const clock = new DemoClock(addDays(today, -daysOf(flags)));
  const opens = clock.day();
  const desk = await startDesk(flags, cleanUp);
  const databases = await openDatabases(flags.database, flags.registrars, folder.temporary, cleanUp);

  const catcher = await startMailCatcher();
  cleanUp.add(() => catcher.close());
  const page = await startMailPage(catcher);
  cleanUp.add(() => page.close());
  const helpers = new Set<string>();
  const registrars = await startRegistrars(
    flags,
    { folder: folder.path, databaseUrls: databases.registrarUrls, day: opens },
    (question) => readHelpersMail(question, helpers, registrars.all, catcher),
    cleanUp,
  );

  const lock = { identity: await generateX25519Identity() };
  const extension = desk?.beside.extension ?? null;
  const { running, keys } = await startOwnBoard(flags, folder, databases, clock, lock, extension);
  cleanUp.add(() => running.close());
  const opener = signerFromSeed(randomBytes(32));
  const employees = headcount(flags.signatories);
  const manifestFile = encodeCanonical(
    sampleManifest({
      registrars: registrars.entries,
      quorum: flags.quorum,
      logKey: keys.logKey,
      board: { key: keys.boardKey, url: withoutSlash(running.url) },
      opener: opener.publicKey,
      employees,
      day: opens,
      invitations: flags.lying === 0 ? INVITATIONS : 0,
    }),
  );
  const workforce = workforceManifestHash(manifestFile);
  const signatures = await registrars.signManifest(manifestFile);
  await running.board.addWorkforce({ manifestFile, signatures });

  const files = boardPrefix(running.url, workforce);
  await openEpoch(registrars, manifestFile, opens, files);
  await registrars.serve(catcher.port);
  const organisers = createOrganisers(keys.boardKey);
  const { own, answered } = await publishLetters({
    flags,
    plan,
    hasAnswered: desk !== null,
    workforce,
    opens,
    opener,
    organisers: organisers.map(({ signer }) => signer),
    files,
  });
  const { letter, manifest } = own;
  const mirror = await startMirror(flags, folder, cleanUp);
  let further: World["further"] = null;
  if (desk !== null && answered !== null) {
    const life = furtherLife({
      at: { workforce, letter: answered.letter },
      closes: answered.manifest.closes,
      chronicle: sampleChronicle({
        ...answered.manifest,
        isEarlier: answered !== own,
        mirror: mirror?.url ?? null,
      }),
      organisers: await meetAtTheDesk(withSlash(running.url), desk.beside.token(), organisers),
      addressee: desk.addressee,
      receiver: desk.beside.receiver(),
    });
    further = { letter: answered.letter, life, phrase: organisers[0].phrase };
  }
  await registrars.turnDishonest({ files, workforce, letter, epoch: EPOCH, people: flags.signatories });

  return {
    board: withSlash(running.url),
    mailPage: page.url,
    files,
    registrars: registrars.all,
    quorum: flags.quorum,
    workforce,
    letter,
    epoch: EPOCH,
    hasInvitations: flags.lying === 0,
    manifest,
    further,
    mirror,
    employees,
    engine: databases.engine,
    catcher,
    clock,
    failed: registrars.failed,
    attack: () =>
      registrars.attack(() => {
        const helper = accompliceMailbox(employees, helpers.size);
        helpers.add(helper);
        return helper;
      }),
    confess: registrars.confess,
    async moveTo(day) {
      // Registrars first: they answer the board's question for their numbers only when both have the same day.
      await registrars.setDay(day);
      clock.moveTo(day);
      await running.board.tick();
    },
  };
}

/** Null where no letter is answered: in a demo that ends before, and beside an open letter whose registrars lie. */
async function startDesk(flags: Flags, cleanUp: CleanUp) {
  if (!isAnswered(flags) && (flags.exit || flags.lying > 0)) return null;
  const addressee = await startAddressee(ADDRESSEE);
  cleanUp.add(() => addressee.close());
  const dns = await startDnsServer(addressee.keys);
  cleanUp.add(() => dns.close());
  return { addressee, beside: deskBeside(addressee.port, dns.server) };
}

/** Before there is anything to serve: organisers vouch for the address first, and the mirror has that too. */
async function startMirror(
  { through }: Flags,
  { path }: DataFolder,
  cleanUp: CleanUp,
): Promise<World["mirror"]> {
  if (through !== "followed") return null;
  const folder = join(path, "mirror");
  const server = await startStaticServer(folder);
  cleanUp.add(() => server.close());
  return { folder, url: server.url };
}

/** Employees who help a dishonest registrar read their own mail for it; nobody else's is given out. */
async function readHelpersMail(
  { mailbox, registrar }: CodeQuestion,
  helpers: ReadonlySet<string>,
  registrars: readonly DemoRegistrar[],
  catcher: MailCatcher,
): Promise<string | null> {
  const sender = registrars.find(({ identity }) => identity === registrar)?.sender;
  if (!helpers.has(mailbox) || sender === undefined) return null;
  return catcher.takeCode(mailbox, sender, HELPERS_MAIL_WITHIN_MS).catch(() => null);
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
