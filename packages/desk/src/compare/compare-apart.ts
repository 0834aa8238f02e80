/**
 * Compares in a thread of its own, with so much memory and time and no more: what is parsed there is a stranger's page, and the
 * board must answer meanwhile, whatever that page is made for.
 */
import { Worker } from "node:worker_threads";
import type { Compared } from "./compare-copy.ts";
import { notComparable } from "./compare-copy.ts";
import type { CompareTask } from "./compare-worker.ts";

export interface CompareLimits {
  /** Of the thread's heap. The bytes of both files are beside it. */
  readonly heapMib: number;
  readonly timeMs: number;
}

/** More than the largest page or document takes that cleaning lets through. */
const LIMITS: CompareLimits = { heapMib: 256, timeMs: 45_000 };

/** What reaches a limit is not comparable: `large`. What makes the thread fail in another way is `unreadable`. */
export async function compareApart(task: CompareTask, limits: CompareLimits = LIMITS): Promise<Compared> {
  const worker = new Worker(new URL("./compare-worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMib },
  });
  try {
    return await new Promise<Compared>((resolve) => {
      const end = (compared: Compared) => {
        clearTimeout(timer);
        resolve(compared);
      };
      const timer = setTimeout(() => end(notComparable("large")), limits.timeMs);
      worker.once("message", end);
      worker.once("error", ({ code }: NodeJS.ErrnoException) =>
        end(notComparable(code === "ERR_WORKER_OUT_OF_MEMORY" ? "large" : "unreadable")),
      );
      worker.once("exit", () => end(notComparable("unreadable")));
    });
  } finally {
    await worker.terminate();
  }
}
