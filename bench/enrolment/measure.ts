/** How near the registrar comes to the rate at which the machine can make raw RSA-2048 signatures at all. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "../lib/child.ts";
import { median } from "../lib/statistics.ts";
import type { CryptoLimits } from "../primitives/node-crypto.ts";
import type { LoadCalls } from "./load-process.ts";
import type { RegistrarCalls } from "./registrar-process.ts";

export interface EnrolmentResult {
  /** Requests of 16 slots each, through HTTP; median. */
  readonly enrolmentsPerSecond: number;
  readonly signaturesPerSecond: number;
  /** Raw RSA-2048 private operations a second on all cores, measured before each run; median. */
  readonly limitPerSecond: number;
  /** Median of each run's ratio to the limit just before it. */
  readonly ratio: number;
  /** The same by CPU time: what all raw operations would take, of what server and load took together. */
  readonly ratioByCpu: number;
  readonly runs: readonly EnrolmentRun[];
}

export interface EnrolmentRun {
  readonly enrolments: number;
  readonly seconds: number;
  readonly limitPerSecond: number;
  readonly limitCpuMicroseconds: number;
  readonly serverCpuSeconds: number;
  readonly loadCpuSeconds: number;
}

export interface EnrolmentSettings {
  readonly runs: number;
  readonly seconds: number;
  readonly cacheDir: string;
  readonly nodeOptions?: readonly string[];
}

const SLOTS = 16;
const CONNECTIONS = 48;

export async function measureEnrolment(
  limits: CryptoLimits,
  { runs, seconds, cacheDir, nodeOptions = [] }: EnrolmentSettings,
): Promise<EnrolmentResult> {
  const dataDir = mkdtempSync(join(cacheDir, "registrar-"));
  const load: Child<LoadCalls> = startChild(new URL("./load-process.ts", import.meta.url));
  const registrar: Child<RegistrarCalls> = startChild(
    new URL("./registrar-process.ts", import.meta.url),
    nodeOptions,
  );
  try {
    await load.call("begin", await registrar.call("start", { dataDir }));
    const { perSecond } = await limits.measure("rsa-private", seconds / 4);
    const people = Math.ceil(1.3 * (perSecond / SLOTS) * seconds);
    await load.call("prepare", { people: people + 1 });
    await load.call("check", undefined);
    await load.call("enrol", { seconds: seconds / 2, connections: CONNECTIONS });
    const measured: EnrolmentRun[] = [];
    for (let run = 0; run < runs; run++) {
      await load.call("prepare", { people });
      const limit = await limits.measure("rsa-private", seconds / 2);
      const before = await registrar.call("usage", undefined);
      const {
        answered,
        seconds: took,
        cpuSeconds,
      } = await load.call("enrol", { seconds, connections: CONNECTIONS });
      const after = await registrar.call("usage", undefined);
      measured.push({
        enrolments: answered,
        seconds: took,
        limitPerSecond: limit.perSecond,
        limitCpuMicroseconds: limit.cpuMicroseconds,
        serverCpuSeconds: after.cpuSeconds - before.cpuSeconds,
        loadCpuSeconds: cpuSeconds,
      });
    }
    return summary(measured);
  } finally {
    await registrar.call("close", undefined).catch(() => undefined);
    await Promise.all([registrar.stop(), load.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function summary(runs: readonly EnrolmentRun[]): EnrolmentResult {
  const enrolmentsPerSecond = median(runs.map((run) => run.enrolments / run.seconds));
  return {
    enrolmentsPerSecond,
    signaturesPerSecond: SLOTS * enrolmentsPerSecond,
    limitPerSecond: median(runs.map((run) => run.limitPerSecond)),
    ratio: median(runs.map((run) => (SLOTS * run.enrolments) / run.seconds / run.limitPerSecond)),
    ratioByCpu: median(
      runs.map(
        (run) =>
          (SLOTS * run.enrolments * run.limitCpuMicroseconds) /
          1e6 /
          (run.serverCpuSeconds + run.loadCpuSeconds),
      ),
    ),
    runs,
  };
}
