/** What a board is started with so that it follows others: each recount in a thread of its own, with bounds of memory and time. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { FOLLOW_LIMITS, type Limits } from "../limits.ts";
import type { FollowedLog } from "./follow-log.ts";
import type { FromFollowing } from "./follow-worker.ts";

export interface FollowEngineOptions {
  /** For what is kept of the logs; made if it is not there. Nothing else may lie in it. */
  readonly folder: string;
  /** Whether http addresses of this machine may be asked: for a demo and for tests. Whatever a server says changes nothing of it. */
  readonly loopback?: boolean;
  readonly limits?: Limits;
  readonly heapMiB?: number;
}

/** As package board declares it. */
export interface FollowEngine {
  recount(
    asked: { readonly url: string; readonly workforce: string; readonly known: Uint8Array | null },
    signal: AbortSignal,
  ): Promise<FollowedLog>;
  keepOnly(workforces: readonly string[]): Promise<void>;
}

/** A log of 300,000 signatures takes a third of it. */
const HEAP_MIB = 512;
/** For what a thread does between two answers of the other server. */
const GRACE_MS = 30_000;

export function followEngine(options: FollowEngineOptions): FollowEngine {
  const { folder, loopback = false, limits = FOLLOW_LIMITS, heapMiB = HEAP_MIB } = options;
  return {
    recount: (asked, signal) =>
      inThread(
        { ...asked, loopback, limits, folder: join(folder, asked.workforce) },
        limits,
        heapMiB,
        signal,
      ),
    async keepOnly(workforces) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        if (!workforces.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}

function inThread(
  workerData: unknown,
  limits: Limits,
  heapMiB: number,
  signal: AbortSignal,
): Promise<FollowedLog> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const worker = new Worker(new URL("./follow-worker.ts", import.meta.url), {
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    });
    let ended = false;
    const end = (settle: () => void) => {
      // What a thread says after its end is about its end.
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      void worker.terminate().then(settle);
    };
    const stop = () => end(() => reject(signal.reason));
    const timer = setTimeout(() => end(() => resolve({ problem: "too-long" })), limits.wholeMs + GRACE_MS);
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", ({ followed }: FromFollowing) => end(() => resolve(followed)));
    worker.once("error", (error: NodeJS.ErrnoException) =>
      end(() =>
        resolve({
          problem: error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "too-much-memory" : "recount-broken",
        }),
      ),
    );
    worker.once("exit", () => end(() => resolve({ problem: "recount-broken" })));
  });
}
