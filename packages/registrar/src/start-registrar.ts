/** Starts a registrar: checks that keys, database and earlier statements fit together, then serves. */
import {
  type Clock,
  createServer,
  dnsLookup,
  type ListenOptions,
  type Lock,
  type Logger,
  type LookUpTxt,
  type SmtpOptions,
  systemClock,
} from "@undersigned/service";
import { CodeGuard } from "./code-guard.ts";
import { CODE_MINUTES } from "./codes.ts";
import { requireIdentity } from "./commands/create-registrar-keys.ts";
import { errorStatus } from "./errors.ts";
import type { RegistrarEvents } from "./events.ts";
import { MailKeys } from "./evidence/mail-keys.ts";
import { MailReservations } from "./evidence/mail-reservations.ts";
import { addRoutes, MAX_BODY_BYTES } from "./http/routes.ts";
import { type LoadedEpochs, loadEpochs } from "./keys/load-epochs.ts";
import { createLimiters, DEFAULT_LIMITS, type RegistrarLimits } from "./limits.ts";
import { LogGuard } from "./log/log-guard.ts";
import { type ReadLog, readBoardLog } from "./log/read-log.ts";
import { MailQueue } from "./mail/mail-queue.ts";
import { MailThread } from "./mail/mail-thread.ts";
import type { Registrar } from "./registrar.ts";
import { SignPool } from "./signing/sign-pool.ts";
import { EnrolmentWriter } from "./storage/enrolment-writer.ts";
import { openStorage } from "./storage/open-storage.ts";
import { createTagger } from "./tag/tagger.ts";
import { AttackWatch } from "./work/attack-watch.ts";
import { WorkDesk } from "./work/work-desk.ts";

export type StartRegistrarOptions = {
  /** Folder of keys and, unless `databaseUrl` says otherwise, of the SQLite database. */
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly lock: Lock;
  readonly smtp: SmtpOptions;
  readonly listen: ListenOptions;
  readonly clock?: Clock;
  readonly logger: Logger<RegistrarEvents>;
  readonly limits?: Partial<RegistrarLimits>;
  /** Signing threads; one for each core if left out. */
  readonly workers?: number;
  /** Proxies whose forwarding headers are believed: see @undersigned/service. */
  readonly trustProxy?: readonly string[];
  /** The board's address, where it has moved since the newest epoch's manifest. Whatever answers there must prove its log. */
  readonly board?: string | undefined;
  /** Reads the workforce's log, which must be proven; from the manifest's board if left out. */
  readonly readLog?: ReadLog;
  /** Asks DNS for the keys of mails' senders; null: nobody is asked, the manifest's records decide. Real DNS if left out. */
  readonly lookUpTxt?: LookUpTxt | null;
  /** Called when the database's lock was lost. Nothing is issued any more: close, and start again. */
  readonly onLost?: () => void;
};

export type RunningRegistrar = {
  readonly url: string;
  /** Answers what has arrived, then stops. Mails that wait are dropped: their codes can be asked for again. */
  close(): Promise<void>;
};

const MAIL_RETRY_MS = [2_000, 10_000, 30_000, 60_000, 120_000];
const MAIL_CONNECTIONS = 8;
const MAIL_BEAT_MS = 100;

/**
 * Throws RegistrarError `identity-missing`, `keys-locked`, `other-process-active`, whatever `loadEpochs` refuses, and
 * ServiceError for files, database and address. Nothing is left running then.
 */
export async function startRegistrar(options: StartRegistrarOptions): Promise<RunningRegistrar> {
  const { dataDir, lock, clock = systemClock, logger } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const identity = await requireIdentity(dataDir, lock);
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  };
  let onLost = () => {};

  try {
    const database = await openStorage(options, () => onLost());
    cleanUp.push(() => database.close());
    const { epochs, privateKeys } = await loadEpochs(database, { dataDir, lock, identity, day: clock.day() });
    for (const epoch of epochs.values()) {
      if (epoch.lost) logger.event("keys-missing", { epoch: epoch.number });
    }
    const log = new LogGuard({
      epochs,
      database,
      identity,
      logger,
      readLog: options.readLog ?? readBoardLog,
      board: options.board,
    });
    cleanUp.push(() => log.close());
    const writer = new EnrolmentWriter(database);
    cleanUp.push(() => writer.close());
    const pool = new SignPool({
      keys: privateKeys,
      identity: confirmsNames(epochs) ? identity : null,
      workers: options.workers,
      capacity: limits.signQueue,
      onFailure: () => logger.event("signing-failed", {}),
    });
    cleanUp.push(() => pool.close());
    const mailThread = new MailThread({ smtp: options.smtp, connections: MAIL_CONNECTIONS, clock });
    cleanUp.push(() => mailThread.close());
    const mails = new MailQueue({
      send: mailThread.send,
      clock,
      capacity: limits.mailQueue,
      concurrency: MAIL_CONNECTIONS,
      beatMs: MAIL_BEAT_MS,
      lifetimeMs: CODE_MINUTES * 60_000,
      retryMs: MAIL_RETRY_MS,
      onFailure: (failure) => logger.event("mail-failed", failure),
    });
    cleanUp.push(async () => {
      const mailsDropped = await mails.close();
      logger.event("registrar-stopped", { mailsDropped });
    });
    const attack = new AttackWatch(clock, logger);
    const registrar: Registrar = {
      dataDir,
      identity,
      epochs,
      database,
      log,
      writer,
      pool,
      tagger: createTagger(identity, logger, { clock }),
      mails,
      reservations: new MailReservations(clock, limits.mailReservations),
      mailKeys: new MailKeys({
        lookUp: options.lookUpTxt === undefined ? dnsLookup() : options.lookUpTxt,
        clock,
        onUnreachable: () => logger.event("dns-unreachable", {}),
      }),
      limiters: createLimiters(limits, clock),
      guard: new CodeGuard(clock, limits.wrongCodes, () => attack.notice("wrong-codes")),
      attack,
      work: new WorkDesk(clock, limits.work),
      clock,
      logger,
      lost: false,
    };
    onLost = () => {
      registrar.lost = true;
      logger.event("lock-lost", {});
      options.onLost?.();
    };
    const server = createServer({
      name: "Undersigned registrar",
      version: "1",
      maxBodyBytes: MAX_BODY_BYTES,
      logger,
      errorStatus,
      // A board's pages, and pages saved to disk, enrol people here.
      crossOriginPosts: true,
      ...(options.trustProxy && { trustProxy: options.trustProxy }),
    });
    addRoutes(server, registrar);
    const { url } = await server.listen(options.listen);
    cleanUp.push(() => server.close());
    log.start();
    logger.event("registrar-started", { epochs: epochs.size, workers: pool.workers });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function confirmsNames(epochs: LoadedEpochs["epochs"]): boolean {
  return [...epochs.values()].some(({ secrets, manifest }) => secrets !== null && manifest.names !== null);
}
