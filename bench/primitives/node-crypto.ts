/** What node:crypto reaches with nothing around it, on one core and on all: the limits that services are held against. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CryptoResult, CryptoTask, Operation } from "./crypto-thread.ts";

export interface Rate {
  readonly perSecond: number;
  /** CPU time of one operation: what the rate is worth when others use the machine too. */
  readonly cpuMicroseconds: number;
}

const WARM_UP_MS = 300;

/** Threads that stay ready, so that a limit can be measured between any two other things. */
export class CryptoLimits {
  readonly #workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL("./crypto-thread.ts", import.meta.url)),
  );

  async measure(operation: Operation, seconds: number, threads = this.#workers.length): Promise<Rate> {
    const start = Date.now() + WARM_UP_MS;
    const task: CryptoTask = { operation, start, stop: start + 1000 * seconds };
    const results = await Promise.all(
      this.#workers.slice(0, threads).map(async (worker) => {
        worker.postMessage(task);
        return (await once(worker, "message"))[0] as CryptoResult;
      }),
    );
    const operations = results.reduce((sum, result) => sum + result.operations, 0);
    const cpu = results.reduce((sum, result) => sum + result.cpuSeconds, 0);
    return {
      perSecond: results.reduce((sum, result) => sum + result.operations / result.seconds, 0),
      cpuMicroseconds: (1e6 * cpu) / operations,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
