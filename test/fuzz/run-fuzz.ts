/**
 * Runs targets in threads, each with little memory, and watches that every input comes to an end. What is found is an input
 * and a word about it: an error without a type, one that repeats its input, no end, or too much memory.
 */
import { Worker } from "node:worker_threads";
import { type FromThread, type Job, SHARED_BYTES } from "./fuzz-thread.ts";

export interface Finding {
  readonly target: string;
  readonly input: Uint8Array;
  readonly error: string;
}

export interface FuzzResult {
  readonly inputs: number;
  /** Inputs that were taken, by target: a target that takes none is tried no further than its first line. */
  readonly taken: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly threads: number;
  readonly work: readonly { readonly target: { readonly name: string }; readonly inputs: number }[];
  /** Milliseconds for one input, whatever else the machine does; 20,000 if left out. */
  readonly patienceMs?: number;
  readonly onDone?: (job: Job) => void;
}

/** Beyond what the largest inputs need: most of it is the code. */
const MEGABYTES = 192;
const JOB = 2_000;

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const jobs = options.work.flatMap(({ target, inputs }, place) =>
    Array.from({ length: Math.ceil(inputs / JOB) }, (_, i) => ({
      target: target.name,
      seed: options.seed * 1_000_003 + place * 10_007 + i,
      inputs: Math.min(JOB, inputs - i * JOB),
    })),
  );
  const taken = new Map<string, number>();
  const findings: Finding[] = [];
  let inputs = 0;
  const lane = async () => {
    const thread = new FuzzThread(options.patienceMs ?? 20_000);
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const said = await thread.run(job);
      inputs += job.inputs;
      if (said.kind === "found") findings.push({ target: job.target, input: said.input, error: said.error });
      else taken.set(job.target, (taken.get(job.target) ?? 0) + said.taken);
      options.onDone?.(job);
    }
    await thread.close();
  };
  await Promise.all(Array.from({ length: options.threads }, lane));
  return { inputs, taken, findings };
}

class FuzzThread {
  readonly #shared = new SharedArrayBuffer(SHARED_BYTES);
  readonly #patienceMs: number;
  #worker: Worker | null = null;
  /** Where the answer to the job at work goes. */
  #answer: (said: FromThread) => void = () => {};

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  async run(job: Job): Promise<FromThread> {
    const worker = this.#worker ?? this.#start();
    const begun = new Uint32Array(this.#shared, 0, 1);
    let before = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(begun, 0);
      if (now === before && now > 0) this.#found("does not come to an end");
      before = now;
    }, this.#patienceMs);
    const said = await new Promise<FromThread>((resolve) => {
      this.#answer = resolve;
      worker.postMessage(job);
    });
    clearInterval(watch);
    // After a finding it may hang, or be gone.
    if (said.kind === "found") await this.close();
    return said;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./fuzz-thread.ts", import.meta.url), {
      workerData: this.#shared,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    worker.on("message", (said: FromThread) => this.#answer(said));
    worker.on("error", (error: Error & { code?: string }) =>
      this.#found(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "needs too much memory"
          : `${error.name}: ${error.message}`,
      ),
    );
    this.#worker = worker;
    return worker;
  }

  /** What is wrong with the input that the thread is at. */
  #found(error: string): void {
    const length = Atomics.load(new Uint32Array(this.#shared, 4, 1), 0);
    this.#answer({ kind: "found", input: new Uint8Array(new Uint8Array(this.#shared, 8, length)), error });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}
