/** The page's side of messages.ts: starts a thread for one file, hands on what it says, and ends it with its last message. */
import { scriptUrl } from "../../../../../script-url.ts";
import workerUrl from "./import-worker.ts?worker&url";
import type { FromReader, ToReader } from "./messages.ts";

export interface Reader {
  /** Ends it at once; nothing more is said. */
  stop(): void;
}

/** Never answers before it has returned. */
export type StartReader = (message: ToReader, hear: (answer: FromReader) => void) => Reader;

export const startReader: StartReader = (message, hear) => {
  let worker: Worker | null = null;
  const stop = () => {
    worker?.terminate();
    worker = null;
  };
  const fail = () => {
    stop();
    hear({ said: "failed", code: "broken-off", column: null, line: null });
  };
  try {
    worker = new Worker(scriptUrl(workerUrl), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      if (data.said !== "progress") stop();
      hear(data);
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    worker.postMessage(message);
  } catch {
    // No workers, or the page's own rules forbid it.
    queueMicrotask(fail);
  }
  return { stop };
};
