/** What node:crypto reaches with nothing around it, on one core and on all: the limits that services are held against. */
import { type Rate, RateThreads } from "../lib/rate-threads.ts";
import type { CryptoTask, Operation } from "./crypto-thread.ts";

export class CryptoLimits {
  readonly #threads = new RateThreads<CryptoTask>(new URL("./crypto-thread.ts", import.meta.url));

  measure(operation: Operation, seconds: number, threads?: number): Promise<Rate> {
    return this.#threads.measure({ operation }, seconds, threads);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
