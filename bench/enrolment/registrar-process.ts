/**
 * The registrar that is measured, alone in its process. It gives the key of its codes away, so that thousands can enrol
 * without thousands of mails; no code is any different for that.
 */
import { join } from "node:path";
import { parseCanonical, parseKeyStatement } from "@undersigned/core";
import {
  createEpochKeys,
  createRegistrarKeys,
  DEFAULT_LIMITS,
  type Rate,
  type RunningRegistrar,
  registrarEvents,
  startRegistrar,
} from "@undersigned/registrar";
import { createLogger, openKeyFile, systemClock, utcDay } from "@undersigned/service";
import { answer, usage } from "../lib/child.ts";
import { LOCK } from "../world/world.ts";
import { manifestFor } from "./manifest.ts";

/** The load comes from one network and one machine. */
const UNLIMITED: Rate = { capacity: 1e9, refillPerSecond: 1e9 };

let running: RunningRegistrar | undefined;

const calls = {
  async start({ dataDir }: { dataDir: string }) {
    const { identity } = await createRegistrarKeys({ dataDir, lock: LOCK });
    const manifestFile = manifestFor(identity);
    const today = utcDay(Date.now());
    const epoch = { epoch: 1, opens: today, closes: utcDay(Date.now() + 30 * 86_400_000) };
    const { statement } = await createEpochKeys({ dataDir, lock: LOCK, manifestFile, ...epoch });
    const published = parseKeyStatement(statement);
    running = await startRegistrar({
      dataDir,
      lock: LOCK,
      // Nobody asks for a mail.
      smtp: { host: "127.0.0.1", port: 9, from: "Registrar <codes@registrar.example.com>" },
      listen: { host: "127.0.0.1", port: 0 },
      clock: systemClock,
      logger: createLogger(registrarEvents, { stream: { write: () => undefined }, clock: systemClock }),
      // There is no board here: the log says what a board would have logged before anyone enrols.
      readLog: async () => ({
        epochs: new Map([[1, { statements: new Map([[identity, published]]) }]]),
        issuance: new Map(),
        destructions: new Map(),
      }),
      limits: { ...DEFAULT_LIMITS, enrolmentsPerNetwork: UNLIMITED },
    });
    const keys = parseCanonical(await openKeyFile(join(dataDir, "keys", "epoch-1.age"), LOCK), 2 ** 20);
    const { code } = keys as { code: string };
    return { url: running.url, statement: Buffer.from(statement).toString("base64"), codeKey: code };
  },
  usage: () => usage(),
  close: () => running?.close(),
};
export type RegistrarCalls = typeof calls;
answer(calls);
