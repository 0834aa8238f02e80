/**
 * The pool of signing workers: all that is signed for one request is one task. The keys go to each worker as it starts, as handles
 * and not as bytes; the handles stay with the pool, for a worker that has to be replaced.
 */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { RegistrarError } from "../errors.ts";
import type { Identity } from "../keys/key-files.ts";
import type { PrivateKeySets } from "../keys/load-epochs.ts";
import type { Signed, SignTask, SignWorkerData } from "./sign-worker.ts";

export class SignPool {
  readonly workers: number;
  readonly #pool: Piscina<SignTask, Signed>;
  readonly #capacity: number;
  readonly #onFailure: () => void;
  #inside = 0;

  /**
   * `identity`: for confirming names, else null. `capacity`: requests that are being signed or wait for it, beyond which
   * `sign` refuses.
   */
  constructor(options: {
    keys: PrivateKeySets;
    identity: Identity | null;
    workers?: number | undefined;
    capacity: number;
    onFailure: () => void;
  }) {
    this.workers = options.workers ?? availableParallelism();
    this.#capacity = options.capacity;
    this.#onFailure = options.onFailure;
    const { identity } = options;
    const workerData: SignWorkerData = {
      sets: [...options.keys],
      identity: identity && { publicKey: identity.publicKey, key: identity.key },
    };
    this.#pool = new Piscina({
      filename: new URL("./sign-worker.ts", import.meta.url).href,
      name: "sign",
      minThreads: this.workers,
      maxThreads: this.workers,
      maxQueue: options.capacity,
      // Enough to go on with (some 30 ms) while the main thread waits for the disk.
      concurrentTasksPerWorker: 8,
      // Where cores are few, answering comes before signing; without it everyone waits for both.
      niceIncrement: 10,
      recordTiming: false,
      workerData,
    });
  }

  get full(): boolean {
    return this.#inside >= this.#capacity;
  }

  /**
   * The blind signatures of each set on its `blinded` (each number checked to be in range), and the confirmations of the
   * names. The same task gives the same signatures. Throws `busy`, `signing-failed`.
   */
  async sign(task: SignTask): Promise<Signed> {
    if (this.full) throw signQueueFull();
    this.#inside += 1;
    try {
      return await this.#pool.run(task);
    } catch {
      // Not passed on: what an engine says about its input does not belong in an answer.
      this.#onFailure();
      throw new RegistrarError(
        "signing-failed",
        "A signature could not be made: look at the machine's memory and processor.",
      );
    } finally {
      this.#inside -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close({ force: true });
  }
}

export function signQueueFull(): RegistrarError {
  return new RegistrarError("busy", "This registrar is busy. Try again in a minute; nothing is lost.");
}
