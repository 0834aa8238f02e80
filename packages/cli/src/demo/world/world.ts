/**
 * Everything that the demo runs, set up as an operator and an organiser would: keys, a workforce manifest signed by its
 * registrar, an epoch, a letter. Board in this process; registrar in a process of its own.
 */
import { join } from "node:path";
import { boardEvents, createBoardKeys, type RunningBoard, startBoard } from "@undersigned/board";
import { boardPrefix } from "@undersigned/client";
import {
  addDays,
  type EpochRequest,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  type LetterRequest,
  letterId,
  parseKeyStatement,
  randomBytes,
  type Signer,
  signerFromSeed,
  signObject,
  workforceManifestHash,
} from "@undersigned/core";
import { createLogger, httpEvents, type Lock } from "@undersigned/service";
import { boardPages } from "@undersigned/web";
import { generateX25519Identity } from "age-encryption";
import type { CleanUp } from "../clean-up.ts";
import { DemoError } from "../demo-error.ts";
import type { Flags } from "../flags.ts";
import { type MailCatcher, startMailCatcher } from "../mail/mail-catcher.ts";
import { startMailPage } from "../mail/mail-page.ts";
import { batchRuleFor, LAST_DAY } from "../plan.ts";
import { letterDays, sampleLetter } from "../sample/sample-letter.ts";
import { headcount, sampleManifest } from "../sample/sample-workforce.ts";
import type { DataFolder } from "./data-folder.ts";
import { type Databases, openDatabases } from "./databases.ts";
import { DemoClock } from "./demo-clock.ts";
import { freePort } from "./free-port.ts";
import { type RegistrarChild, startRegistrarProcess } from "./registrar-child.ts";
import { logFile } from "./server-log.ts";

export type World = {
  /** Addresses, each with its closing slash. */
  readonly board: string;
  readonly registrar: string;
  readonly mailPage: string;
  readonly files: string;

  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
  readonly manifest: LetterManifest;
  readonly employees: number;
  readonly engine: Databases["engine"];
  readonly catcher: MailCatcher;
  readonly clock: DemoClock;
  /** Rejects if the registrar's process ends by itself. */
  readonly failed: Promise<never>;
  /** Moves registrar and board to the day, and lets the board release what is due. Nothing may be under way meanwhile. */
  readonly moveTo: (day: string) => Promise<void>;
};

const EPOCH = 1;
/** How long people can enrol: room for a visitor who leaves the demo running. */
const EPOCH_DAYS = 400;
/** How long after today the letter stays open. */
const OPEN_AFTER_TODAY = 120;

/** `today` is the day on which the demo's batches end; its first day is LAST_DAY days before. */
export async function startWorld(
  flags: Flags,
  folder: DataFolder,
  today: string,
  cleanUp: CleanUp,
): Promise<World> {
  const clock = new DemoClock(addDays(today, -LAST_DAY));
  const opens = clock.day();
  const identity = await generateX25519Identity();
  const databases = await openDatabases(flags.database, folder.temporary, cleanUp);

  const catcher = await startMailCatcher();
  cleanUp.add(() => catcher.close());
  const page = await startMailPage(catcher);
  cleanUp.add(() => page.close());
  const registrar = await startRegistrarProcess({
    dataDir: join(folder.path, "registrar"),
    databaseUrl: databases.registrarUrl,
    identity,
    day: opens,
  });
  cleanUp.add(() => registrar.stop());

  const { running, keys } = await startOwnBoard(flags, folder, databases, clock, { identity });
  cleanUp.add(() => running.close());
  const opener = signerFromSeed(randomBytes(32));
  const { identity: registrarKey } = await registrar.call({ do: "create-keys" });
  const port = await freePort();
  const employees = headcount(flags.signatories);
  const manifestFile = encodeCanonical(
    sampleManifest({
      registrar: { identity: registrarKey, url: `http://127.0.0.1:${port}` },
      logKey: keys.logKey,
      board: { key: keys.boardKey, url: withoutSlash(running.url) },
      opener: opener.publicKey,
      employees,
      day: opens,
    }),
  );
  const workforce = workforceManifestHash(manifestFile);
  const signature = await registrar.call({ do: "sign-manifest", manifestFile });
  await running.board.addWorkforce({ manifestFile, signatures: [signature] });

  const files = boardPrefix(running.url, workforce);
  await openEpoch(registrar, manifestFile, opens, files);
  await registrar.call({ do: "start", port, smtpPort: catcher.port });
  const manifest = sampleLetter({
    workforce,
    salt: encodeBase64url(randomBytes(32)),
    opener: opener.publicKey,
    days: letterDays(opens, LAST_DAY + OPEN_AFTER_TODAY),
    batch: batchRuleFor(flags.signatories),
  });
  const letter = await publishLetter(manifest, opener, files);

  return {
    board: withSlash(running.url),
    registrar: `http://127.0.0.1:${port}/`,
    mailPage: page.url,
    files,
    workforce,
    letter,
    epoch: EPOCH,
    manifest,
    employees,
    engine: databases.engine,
    catcher,
    clock,
    failed: registrar.failed,
    async moveTo(day) {
      // The registrar first: it answers the board's question for its number only when both have the same day.
      await registrar.call({ do: "set-day", day });
      clock.moveTo(day);
      await running.board.tick();
    },
  };
}

async function startOwnBoard(
  flags: Flags,
  folder: DataFolder,
  databases: Databases,
  clock: DemoClock,
  lock: Lock,
): Promise<{ running: RunningBoard; keys: { logKey: string; boardKey: string } }> {
  const dataDir = join(folder.path, "board");
  const keys = await createBoardKeys({ dataDir, lock });
  const running = await startBoard({
    dataDir,
    ...(databases.boardUrl === null ? {} : { databaseUrl: databases.boardUrl }),
    lock,
    clock,
    logger: createLogger(
      { ...boardEvents, ...httpEvents },
      { stream: logFile(join(folder.path, "board.log")) },
    ),
    listen: { host: "127.0.0.1", port: flags.port },
    ...boardPages(),
    // All signatories share one network here, and the real limit is made to stop exactly that.
    postLimit: null,
  });
  return { running, keys };
}

async function openEpoch(
  registrar: RegistrarChild,
  manifestFile: Uint8Array,
  opens: string,
  files: string,
): Promise<void> {
  const closes = addDays(opens, EPOCH_DAYS);
  const { statement } = await registrar.call({ do: "open-epoch", manifestFile, epoch: EPOCH, opens, closes });
  const request: EpochRequest = { type: "epoch-request", v: 1, statements: [parseKeyStatement(statement)] };
  await submit(`${files}v1/epochs`, request as unknown as JsonValue);
}

async function publishLetter(manifest: LetterManifest, opener: Signer, files: string): Promise<string> {
  const letter = letterId(encodeCanonical(manifest as unknown as JsonValue));
  const leaf = signObject(
    {
      type: "letter" as const,
      v: 1 as const,
      workforce: manifest.workforce,
      letter,
      version: 1 as const,
      epoch: EPOCH,
      slot: 0,
      previous: null,
      opens: manifest.opens,
      closes: manifest.closes,
      batch: manifest.batch,
      by: opener.publicKey,
    },
    opener,
  );
  const request: LetterRequest = { type: "letter-request", v: 1, leaf, manifest };
  await submit(`${files}v1/letters`, request as unknown as JsonValue);
  return letter;
}

async function submit(url: string, body: JsonValue): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
  });
  const text = await response.text();
  if (!response.ok) throw new DemoError("not-as-planned", `The board refused what the demo set up: ${text}`);
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
