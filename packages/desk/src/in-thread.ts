/**
 * Work in a thread of its own, with so much memory and time and no more: what is parsed there may be made to stop whoever parses
 * it, and the board must answer meanwhile.
 */
import { Worker } from "node:worker_threads";

export interface ThreadLimits {
  /** Of the thread's heap, and Node's own if left out; what it is given is beside it. */
  readonly heapMib?: number;
  readonly timeMs: number;
}

/** `limit`: it met one of its limits. `broken`: it failed in another way; nothing of the cause is told, which could hold what was parsed. */
export type FromThread<A> =
  | { readonly kind: "answer"; readonly answer: A }
  | { readonly kind: "limit" }
  | { readonly kind: "broken" };

/** `module` reads `task` as its `workerData` and posts one message: its answer. Nothing of the thread is left when it resolves. */
export async function inThread<A>(
  module: URL,
  task: unknown,
  { heapMib, timeMs }: ThreadLimits,
): Promise<FromThread<A>> {
  const worker = new Worker(module, {
    workerData: task,
    ...(heapMib !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMib } }),
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<FromThread<A>>((resolve) => {
      timer = setTimeout(() => resolve({ kind: "limit" }), timeMs);
      worker.once("message", (answer: A) => resolve({ kind: "answer", answer }));
      worker.once("error", ({ code }: NodeJS.ErrnoException) =>
        resolve({ kind: code === "ERR_WORKER_OUT_OF_MEMORY" ? "limit" : "broken" }),
      );
      worker.once("exit", () => resolve({ kind: "broken" }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
