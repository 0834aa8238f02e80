/**
 * The registrar's own process. Started by registrar-child.ts, which sends the calls; the age identity that its key files are
 * locked with comes as one line on descriptor 3. Ends with its parent, however that ends.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
import { presentError } from "../../present-error.ts";
import { DemoClock } from "./demo-clock.ts";
import type {
  RegistrarAnswers,
  RegistrarCall,
  RegistrarReply,
  RegistrarRequest,
} from "./registrar-messages.ts";
import { logFile } from "./server-log.ts";

const [dataDir, databaseUrl, firstDay] = process.argv.slice(2) as [string, string, string];
const lock: Lock = { identity: readFileSync(3, "utf8").trim() };
const where = { dataDir, lock, ...(databaseUrl === "" ? {} : { databaseUrl }) };
const clock = new DemoClock(firstDay);

/** All signatories share one network here, and the real limits are made to stop exactly that. */
const PLENTY = { capacity: 1_000_000, refillPerSecond: 1_000_000 };
const LIMITS: RegistrarLimits = {
  ...DEFAULT_LIMITS,
  reservationsPerNetwork: PLENTY,
  reservationsInAll: PLENTY,
  enrolmentsPerNetwork: PLENTY,
};

let running: { url: string; close(): Promise<void> } | null = null;

async function answer(call: RegistrarCall): Promise<RegistrarAnswers[RegistrarCall["do"]]> {
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
        smtp: {
          host: "127.0.0.1",
          port: call.smtpPort,
          from: "Sample registrar <codes@registrar.example.com>",
        },
        listen: { host: "127.0.0.1", port: call.port },
        clock,
        logger: createLogger(
          { ...registrarEvents, ...httpEvents },
          { stream: logFile(join(dataDir, "..", "registrar.log")) },
        ),
        limits: LIMITS,
      });
      return { url: running.url };
    case "set-day":
      clock.moveTo(call.day);
      return null;
    case "stop":
      await running?.close();
      running = null;
      return null;
  }
}

function reply(message: RegistrarReply): void {
  // The parent may be gone by now; then nobody waits for this.
  if (process.connected) process.send?.(message, () => {});
}

// One call after the other, in the order in which they came.
let queue: Promise<void> = Promise.resolve();
process.on("message", ({ id, call }: RegistrarRequest) => {
  queue = queue.then(async () => {
    try {
      reply({ id, answer: await answer(call) });
      if (call.do === "stop") process.disconnect?.();
    } catch (error) {
      reply({ id, error: presentError(error).line ?? "internal" });
    }
  });
});

// A terminal's Ctrl-C reaches this process too; its parent says when to stop.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => {
  void (async () => {
    await running?.close();
    process.exit(0);
  })();
});
