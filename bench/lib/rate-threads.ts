/** Threads that repeat something as often as they can, all in the same moment. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

export interface Rate {
  readonly perSecond: number;
  /** CPU time of one operation: what the rate is worth when others use the machine too. */
  readonly cpuMicroseconds: number;
}

/** What a thread is told: milliseconds since 1970 from when and until when it counts. */
export interface Span {
  readonly start: number;
  readonly stop: number;
}

/** What it answers. */
export interface Counted {
  readonly operations: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const WARM_UP_MS = 300;

/** One thread a core, kept ready, so that a rate can be measured between any two other things. */
export class RateThreads<Task extends object> {
  readonly #workers: readonly Worker[];

  constructor(script: URL) {
    this.#workers = Array.from({ length: availableParallelism() }, () => new Worker(script));
  }

  async measure(task: Task, seconds: number, threads = this.#workers.length): Promise<Rate> {
    const start = Date.now() + WARM_UP_MS;
    const spanned: Task & Span = { ...task, start, stop: start + 1000 * seconds };
    const results = await Promise.all(
      this.#workers.slice(0, threads).map(async (worker) => {
        worker.postMessage(spanned);
        return (await once(worker, "message"))[0] as Counted;
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

/** In such a thread: repeats `operation` over the span, once at least, since on a busy machine it may get no core in time. */
export async function countOver({ start, stop }: Span, operation: () => unknown): Promise<Counted> {
  while (Date.now() < start) await operation();
  const cpu = process.threadCpuUsage();
  const began = performance.now();
  let operations = 0;
  do {
    await operation();
    operations++;
  } while (Date.now() < stop);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.threadCpuUsage(cpu);
  return { operations, seconds, cpuSeconds: (user + system) / 1e6 };
}
