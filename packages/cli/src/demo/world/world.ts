/**
 * Everything that the demo runs, set up as an operator and an organiser would: keys, a workforce manifest signed by its
 * registrars, an epoch, a letter, and only then people who enrol. Board in this process; each registrar in one of its own.
 */
import { boardPrefix } from "@undersigned/client";
import {
  addDays,
  encodeBase64url,
  encodeCanonical,
  type LetterManifest,
  randomBytes,
  signerFromSeed,
  workforceManifestHash,
} from "@undersigned/core";
import { generateX25519Identity } from "age-encryption";
import type { CleanUp } from "../clean-up.ts";
import type { Flags } from "../flags.ts";
import { type MailCatcher, startMailCatcher } from "../mail/mail-catcher.ts";
import { startMailPage } from "../mail/mail-page.ts";
import { batchRuleFor, LAST_DAY } from "../plan.ts";
import { letterDays, sampleLetter } from "../sample/sample-letter.ts";
import { accompliceMailbox, headcount, sampleManifest } from "../sample/sample-workforce.ts";
import type { DataFolder } from "./data-folder.ts";
import { type Databases, openDatabases } from "./databases.ts";
import { DemoClock } from "./demo-clock.ts";
import type { CodeQuestion } from "./registrar-messages.ts";
import { type DemoRegistrar, type Registrars, startRegistrars } from "./registrars.ts";
import { EPOCH, openEpoch, publishLetter, startOwnBoard } from "./set-up.ts";

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

/** How long after today the letter stays open. */
const OPEN_AFTER_TODAY = 120;
/** Each makes everybody's enrolment longer by a sixteenth. None where registrars lie: theirs lie about tokens of mailboxes. */
const INVITATIONS = 1;
const HELPERS_MAIL_WITHIN_MS = 60_000;

/** `today` is the day on which the demo's batches end; its first day is LAST_DAY days before. */
export async function startWorld(
  flags: Flags,
  folder: DataFolder,
  today: string,
  cleanUp: CleanUp,
): Promise<World> {
  const clock = new DemoClock(addDays(today, -LAST_DAY));
  const opens = clock.day();
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

  const { running, keys } = await startOwnBoard(flags, folder, databases, clock, {
    identity: await generateX25519Identity(),
  });
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
  const manifest = sampleLetter({
    workforce,
    salt: encodeBase64url(randomBytes(32)),
    opener: opener.publicKey,
    days: letterDays(opens, LAST_DAY + OPEN_AFTER_TODAY),
    batch: batchRuleFor(flags.signatories),
  });
  const letter = await publishLetter(manifest, opener, files);
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
