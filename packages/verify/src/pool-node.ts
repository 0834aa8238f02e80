/**
 * Checks signatories' leaves on every core: `#pool` on Node. Threads take a moment to start; until one is ready this thread
 * does the work itself, so that a log of a thousand leaves is not slower for having a pool.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { SignatoryLeafCheck } from "./check-signatory-leaf.ts";
import type { CheckedLeaf, Checker, CheckUnit, LetterContext } from "./checker.ts";
import { VerifyError } from "./errors.ts";
import type { FromWorker, ToWorker } from "./pool-worker.ts";

const MAX_WORKERS = 16;
/** Enough that a worker never waits for this thread; few enough that little memory is held. */
const UNITS_PER_WORKER = 3;
/** A whole unit fits, so that the collector need not copy what is about to be thrown away. */
const YOUNG_GENERATION_MB = 64;

interface Waiting {
  resolve(checked: CheckedLeaf[]): void;
  reject(error: VerifyError): void;
}

class Thread {
  ready = false;
  readonly waiting = new Map<number, Waiting>();
  readonly #worker: Worker;

  constructor(onBroken: () => void) {
    // This file's own suffix: sources run as .ts, and as .js wherever they were built.
    const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
    this.#worker = new Worker(new URL(`./pool-worker.${suffix}`, import.meta.url), {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#worker.on("message", (message: FromWorker) => this.#onMessage(message));
    const fail = () => {
      onBroken();
      for (const { reject } of this.waiting.values()) reject(broken());
      this.waiting.clear();
    };
    this.#worker.on("error", fail);
    this.#worker.on("exit", fail);
  }

  #onMessage(message: FromWorker): void {
    if ("ready" in message) {
      this.ready = true;
      return;
    }
    const one = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.checked === null) one?.reject(broken());
    else one?.resolve(message.checked);
  }

  addLetter(letter: LetterContext): void {
    this.#worker.postMessage({ letter } satisfies ToWorker);
  }

  check(id: number, unit: CheckUnit): Promise<CheckedLeaf[]> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, unit } satisfies ToWorker, [unit.bytes.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

class Pool implements Checker {
  readonly unitsAtOnce: number;
  readonly #here = new SignatoryLeafCheck();
  readonly #threads: readonly Thread[];
  #nextId = 0;
  #broken = false;

  constructor(size: number) {
    this.unitsAtOnce = size * UNITS_PER_WORKER;
    this.#threads = Array.from(
      { length: size },
      () =>
        new Thread(() => {
          this.#broken = true;
        }),
    );
  }

  addLetter(letter: LetterContext): void {
    this.#here.addLetter(letter);
    for (const thread of this.#threads) thread.addLetter(letter);
  }

  async check(unit: CheckUnit): Promise<CheckedLeaf[]> {
    if (this.#broken) throw broken();
    const ready = this.#threads.filter((thread) => thread.ready);
    if (ready.length === 0) return this.#here.check(unit);
    const least = ready.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    return least.check(this.#nextId++, unit);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

function broken(): VerifyError {
  return new VerifyError(
    "checker-failed",
    "A thread that checks signatures ended early: run the recount again.",
  );
}

export function openPool(): Checker {
  return new Pool(Math.min(availableParallelism(), MAX_WORKERS));
}
