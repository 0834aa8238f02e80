/**
 * Strict Ed25519 on threads of its own: two such checks are most of the work that an endorsement is, and the thread that
 * serves should not do them. What comes while all threads are busy goes to the next one together. Node's own threads
 * are not used for it: handing each check to them costs the serving thread a third of the check itself.
 */
import { availableParallelism } from "node:os";
import { verifyEd25519 } from "@undersigned/core";
import { move, Piscina } from "piscina";
import { packChecks, type SignatureCheck } from "./packed-checks.ts";

const MAX_CHECKS = 64;
/** So that a thread has the next ones at hand when it is done. */
const TASKS_PER_THREAD = 2;

type Waiting = { readonly checks: readonly SignatureCheck[]; resolve(valid: boolean): void };

export class SignaturePool {
  readonly #pool: Piscina<ReturnType<typeof move>, Uint8Array>;
  readonly #tasks: number;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #running = 0;

  constructor() {
    // One core is for the thread that serves.
    const threads = Math.max(1, availableParallelism() - 1);
    this.#tasks = threads * TASKS_PER_THREAD;
    this.#pool = new Piscina({
      filename: new URL("./check-worker.ts", import.meta.url).href,
      name: "check",
      minThreads: 1,
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
  }

  /** Whether every signature is valid. Never throws for what is signed. */
  verifyAll(checks: readonly SignatureCheck[]): Promise<boolean> {
    // Checked before packing, where other lengths would shift what follows.
    if (!checks.every(({ publicKey, signature }) => publicKey.length === 32 && signature.length === 64)) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ checks, resolve });
      this.#schedule();
    });
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** At the end of the event loop's turn, so that all that arrived in it goes together. */
  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#tasks) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#waiting.length > 0 && this.#running < this.#tasks) void this.#runNext();
    });
  }

  async #runNext(): Promise<void> {
    let count = 0;
    let taken = 0;
    while (taken < this.#waiting.length && (taken === 0 || count < MAX_CHECKS)) {
      count += this.#waiting[taken++]!.checks.length;
    }
    const group = this.#waiting.splice(0, taken);
    this.#running += 1;
    const valid = await this.#check(group.flatMap(({ checks }) => checks));
    this.#running -= 1;
    let at = 0;
    for (const { checks, resolve } of group) {
      const own = valid.subarray(at, at + checks.length);
      at += checks.length;
      resolve(own.every((one) => one === 1));
    }
    this.#schedule();
  }

  /** Where a thread ends early, for want of memory say, the work is done here: nobody is refused for it. */
  async #check(checks: readonly SignatureCheck[]): Promise<Uint8Array> {
    try {
      return await this.#pool.run(move(packChecks(checks)));
    } catch {
      const valid: number[] = [];
      for (const { publicKey, message, signature } of checks) {
        valid.push((await verifyEd25519(publicKey, message, signature)) ? 1 : 0);
      }
      return Uint8Array.from(valid);
    }
  }
}
