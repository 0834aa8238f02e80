/** How near a recount comes to what its signature checks alone take, and whether a leaf costs the same in a long log. */
import { startChild } from "../lib/child.ts";
import { median } from "../lib/statistics.ts";
import type { CryptoLimits } from "../primitives/node-crypto.ts";
import { type Endorsements, readEndorsements } from "../world/endorsements.ts";
import { logFolder } from "./log-folder.ts";
import type { RecountCalls } from "./recount-process.ts";

export interface RecountResult {
  readonly sizes: readonly RecountSize[];
}

export interface RecountSize {
  readonly endorsements: number;
  /** Median. */
  readonly seconds: number;
  readonly endorsementsPerSecond: number;
  readonly microsecondsPerEndorsement: number;
  /** One RSA-2048 PSS verification, one Ed25519 import and verification, on all cores, with nothing around it. */
  readonly limitPerSecond: number;
  /** Median of each run's ratio to the limit around it. */
  readonly ratio: number;
  /** The same by CPU time. */
  readonly ratioByCpu: number;
  readonly peakRssBytes: number;
}

export interface RecountSettings {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly limitSeconds: number;
  readonly cacheDir: string;
  readonly endorsementFile: string;
  readonly nodeOptions?: readonly string[];
}

export async function measureRecount(
  limits: CryptoLimits,
  settings: RecountSettings,
): Promise<RecountResult> {
  const sizes: RecountSize[] = [];
  for (const size of settings.sizes) {
    const endorsements = readEndorsements(settings.endorsementFile, size);
    sizes.push(await measureSize(limits, settings, endorsements));
  }
  return { sizes };
}

async function measureSize(
  limits: CryptoLimits,
  { runs, limitSeconds, cacheDir, nodeOptions = [] }: RecountSettings,
  endorsements: Endorsements,
): Promise<RecountSize> {
  const { path, workforce } = await logFolder(cacheDir, endorsements);
  const expected = endorsements.count;
  const measured: { seconds: number; ratio: number; ratioByCpu: number; limit: number; peak: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const child = startChild<RecountCalls>(new URL("./recount-process.ts", import.meta.url), nodeOptions);
    try {
      // The first one reads files and code for the first time.
      if (expected <= 20_000) await child.call("recount", { path, workforce, expected });
      const before = await limits.measure("endorsement-check", limitSeconds);
      const { seconds, cpuSeconds, peakRssBytes } = await child.call("recount", {
        path,
        workforce,
        expected,
      });
      const after = await limits.measure("endorsement-check", limitSeconds);
      const limit = (before.perSecond + after.perSecond) / 2;
      const limitCpu = (before.cpuMicroseconds + after.cpuMicroseconds) / 2;
      measured.push({
        seconds,
        limit,
        ratio: expected / seconds / limit,
        ratioByCpu: (expected * limitCpu) / 1e6 / cpuSeconds,
        peak: peakRssBytes,
      });
    } finally {
      await child.stop();
    }
  }
  const seconds = median(measured.map((one) => one.seconds));
  return {
    endorsements: expected,
    seconds,
    endorsementsPerSecond: expected / seconds,
    microsecondsPerEndorsement: (1e6 * seconds) / expected,
    limitPerSecond: median(measured.map((one) => one.limit)),
    ratio: median(measured.map((one) => one.ratio)),
    ratioByCpu: median(measured.map((one) => one.ratioByCpu)),
    peakRssBytes: Math.max(...measured.map((one) => one.peak)),
  };
}
