/** What a registrar's process does when the demo calls, made of the package's public functions as the commands make it. */
import {
  createEpochKeys,
  createRegistrarKeys,
  DEFAULT_LIMITS,
  type RegistrarLimits,
  registrarEvents,
  signManifest,
  startRegistrar,
} from "@undersigned/registrar";
import { createLogger, httpEvents, type Lock } from "@undersigned/service";
import { DemoClock } from "./demo-clock.ts";
import type { LiarCall, RegistrarAnswers, RegistrarCall, RegistrarSetting } from "./registrar-messages.ts";
import { logFile } from "./server-log.ts";

/** All signatories share one network here, and the real limits are made to stop exactly that. */
const PLENTY = { capacity: 1_000_000, refillPerSecond: 1_000_000 };
const LIMITS: RegistrarLimits = {
  ...DEFAULT_LIMITS,
  mailsPerMailboxAndNetwork: DEFAULT_LIMITS.mailsPerMailbox,
  reservationsPerNetwork: PLENTY,
  reservationsInAll: PLENTY,
  enrolmentsPerNetwork: PLENTY,
  wrongCodes: { ...DEFAULT_LIMITS.wrongCodes, perNetwork: 60_000 },
};

export type HonestCall = Exclude<RegistrarCall, LiarCall>;

export type RegistrarCalls = {
  readonly answer: (call: HonestCall) => Promise<RegistrarAnswers[HonestCall["do"]]>;
  readonly close: () => Promise<void>;
};

export function createRegistrarCalls(setting: RegistrarSetting, lock: Lock): RegistrarCalls {
  const { dataDir, databaseUrl, from, workers } = setting;
  const where = { dataDir, lock, ...(databaseUrl !== null && { databaseUrl }) };
  const clock = new DemoClock(setting.day);
  let running: { url: string; close(): Promise<void> } | null = null;

  async function close(): Promise<void> {
    await running?.close();
    running = null;
  }

  return {
    close,
    async answer(call) {
      switch (call.do) {
        case "create-keys":
          return createRegistrarKeys({ dataDir, lock });
        case "sign-manifest":
          return signManifest({ dataDir, lock, manifestFile: call.manifestFile });
        case "open-epoch": {
          const { manifestFile, epoch, opens, closes } = call;
          const { statement } = await createEpochKeys({ ...where, manifestFile, epoch, opens, closes });
          return { statement };
        }
        case "start":
          running = await startRegistrar({
            ...where,
            smtp: { host: "127.0.0.1", port: call.smtpPort, from },
            listen: { host: "127.0.0.1", port: call.port },
            clock,
            logger: createLogger(
              { ...registrarEvents, ...httpEvents },
              { stream: logFile(`${dataDir}.log`) },
            ),
            limits: LIMITS,
            ...(workers !== null && { workers }),
          });
          return { url: running.url };
        case "set-day":
          clock.moveTo(call.day);
          return null;
        case "stop":
          await close();
          return null;
      }
    },
  };
}
