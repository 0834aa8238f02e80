/**
 * Starts a board or a registrar of the packages' public functions as the commands do it, but with a clock that a test
 * commands and limits that let it send in a second what people send in a day.
 */
import { boardEvents, type OpenBoard, startBoard } from "@undersigned/board";
import { DEFAULT_LIMITS, registrarEvents, startRegistrar } from "@undersigned/registrar";
import { type Clock, createLogger, httpEvents } from "@undersigned/service";
import { logOf } from "../../../packages/registrar/test/logged.ts";
import type { ServerOptions } from "./server-calls.ts";

export type StartedServer = {
  readonly url: string;
  readonly board?: OpenBoard;
  close(): Promise<void>;
};

const PLENTY = { capacity: 1_000_000, refillPerSecond: 1_000_000 };

/** Log lines go to `output`; to standard output if left out. */
export async function startAs(
  options: ServerOptions,
  clock: Clock,
  output?: { write(text: string): unknown },
): Promise<StartedServer> {
  const { dataDir, databaseUrl, identity, port, logged, dns } = options;
  const common = { dataDir, databaseUrl, lock: { identity }, clock, listen: { host: "127.0.0.1", port } };
  const logging = { clock, ...(output && { stream: output }) };
  if (options.server === "board") {
    const logger = createLogger({ ...boardEvents, ...httpEvents }, logging);
    // Loaded only where it is needed: it has to be built, and most tests are about files and requests alone.
    const pages = options.pages ? (await import("@undersigned/web")).boardPages() : {};
    return await startBoard({ ...common, ...pages, logger, postLimit: PLENTY });
  }
  return await startRegistrar({
    ...common,
    smtp: { host: "127.0.0.1", port: options.smtpPort, from: options.mailFrom },
    lookUpTxt: dns === undefined ? null : async (name) => (dns[name] === undefined ? [] : [dns[name]]),
    ...(logged && { readLog: async () => logOf([logged]) }),
    logger: createLogger({ ...registrarEvents, ...httpEvents }, logging),
    workers: 1,
    limits: {
      ...DEFAULT_LIMITS,
      mailsPerMailboxAndNetwork: PLENTY,
      mailsPerMailbox: PLENTY,
      reservationsPerNetwork: PLENTY,
      reservationsInAll: PLENTY,
      enrolmentsPerNetwork: PLENTY,
      wrongCodes: {
        perRequests: 10_000,
        perMailbox: 10_000,
        perMailboxAndDay: 10_000,
        perNetwork: 60_000,
        underAttack: 100_000,
      },
      ...options.limits,
    },
  });
}
