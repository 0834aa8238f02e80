/** The pool on Node's threads: `#pool` on Node. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Checker } from "./checker.ts";
import { createPool, type FromThread, type PoolThread } from "./worker-pool.ts";

const MAX_THREADS = 16;
/** A whole unit fits, so that the collector need not copy what is about to be thrown away. */
const YOUNG_GENERATION_MB = 64;

function startThread(onMessage: (message: FromThread) => void, onEnd: () => void): PoolThread {
  // This file's own suffix: sources run as .ts, and as .js wherever they were built.
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./pool-worker.${suffix}`, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  worker.on("message", onMessage);
  worker.on("error", onEnd);
  worker.on("exit", onEnd);
  return {
    post: (message, moved) => worker.postMessage(message, moved),
    end: async () => {
      await worker.terminate();
    },
  };
}

export function openPool(): Checker {
  return createPool(startThread, Math.min(availableParallelism(), MAX_THREADS));
}
