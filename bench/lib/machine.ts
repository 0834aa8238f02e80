/** What the figures were measured on. */
import { spawnSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  /** The library inside Node. */
  readonly nodeOpenssl: string;
  /** The command; null where there is none. */
  readonly openssl: string | null;
  /** Processes that wanted to run in the last minute. Above 0 at the start, others were at work too. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  const openssl = spawnSync("openssl", ["version"], { encoding: "utf8" });
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    nodeOpenssl: process.versions.openssl ?? "unknown",
    openssl: openssl.status === 0 ? openssl.stdout.trim() : null,
    loadBefore: loadavg()[0] ?? 0,
  };
}
