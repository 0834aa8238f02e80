/** Has a proof of work done on a thread of its own, whose script is loaded only then. */
import { ClientError } from "@undersigned/client";
import { scriptUrl } from "../../script-url.ts";
import type { FromSolver } from "./solver-thread.ts";
import workerUrl from "./solver-thread.ts?worker&url";

/** Rejects with ClientError `work-failed` or `work-too-hard`, or with the signal's reason; the thread is ended in any case. */
export function solveInThread(challenge: string, signal: AbortSignal): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const worker = new Worker(scriptUrl(workerUrl), { type: "module" });
    const end = (settle: () => void) => {
      signal.removeEventListener("abort", abort);
      worker.terminate();
      settle();
    };
    const fail = (code: string) =>
      end(() => reject(new ClientError(code === "work-too-hard" ? code : "work-failed", code)));
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    worker.onmessage = ({ data }: MessageEvent<FromSolver>) =>
      "work" in data ? end(() => resolve(data.work)) : fail(data.code);
    worker.onerror = () => fail("work-failed");
    worker.postMessage(challenge);
    if (signal.aborted) abort();
  }).catch((error: unknown) => {
    // A browser without such threads.
    if (signal.aborted || error instanceof ClientError) throw error;
    throw new ClientError("work-failed", "work-failed");
  });
}
