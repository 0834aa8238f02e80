/** Compares in a thread of its own: what is parsed there is a stranger's page. */
import { inThread, type ThreadLimits } from "../in-thread.ts";
import type { Compared } from "./compare-copy.ts";
import { notComparable } from "./compare-copy.ts";
import type { CompareTask } from "./compare-worker.ts";

/** More than the largest page or document takes that cleaning lets through. */
const LIMITS: ThreadLimits = { heapMib: 256, timeMs: 45_000 };

/** What reaches a limit is not comparable: `large`. What makes the thread fail in another way is `unreadable`. */
export async function compareApart(task: CompareTask, limits: ThreadLimits = LIMITS): Promise<Compared> {
  const compared = await inThread<Compared>(new URL("./compare-worker.ts", import.meta.url), task, limits);
  if (compared.kind === "answer") return compared.answer;
  return notComparable(compared.kind === "limit" ? "large" : "unreadable");
}
