/**
 * The page's side of messages.ts: starts the thread, hands on what it says, and ends it with its last message. The next thread
 * is always started ahead of its use, so that a page that was opened with a network counts a file without one.
 */

import { scriptUrl } from "../script-url.ts";
import type { FromCounter, ToCounter } from "./messages.ts";
import workerUrl from "./recount-worker.ts?worker&url";

export interface Counter {
  /** Ends it at once; nothing more is said. */
  stop(): void;
}

/** Never answers before it has returned. */
export type StartCounter = (message: ToCounter, hear: (answer: FromCounter) => void) => Counter;

class Thread {
  readonly #worker: Worker | null = startWorker();
  #hear: ((answer: FromCounter) => void) | null = null;
  /** Known of one that was not asked yet, too. */
  failed = this.#worker === null;

  constructor() {
    if (this.#worker === null) return;
    this.#worker.onmessage = ({ data }: MessageEvent<FromCounter>) => this.#say(data);
    this.#worker.onerror = () => this.#fail();
    this.#worker.onmessageerror = () => this.#fail();
  }

  ask(message: ToCounter, hear: (answer: FromCounter) => void): void {
    this.#hear = hear;
    if (this.failed) queueMicrotask(() => this.#fail());
    else this.#worker?.postMessage(message);
  }

  stop(): void {
    this.#hear = null;
    this.#worker?.terminate();
  }

  #fail(): void {
    this.failed = true;
    this.#say({ said: "failed", failed: { why: "cannot-start" } });
  }

  #say(answer: FromCounter): void {
    const hear = this.#hear;
    if (hear !== null && answer.said !== "progress") this.stop();
    hear?.(answer);
  }
}

function startWorker(): Worker | null {
  try {
    return new Worker(scriptUrl(workerUrl), { type: "module" });
  } catch {
    // No workers, or none of this kind, or the page's own rules forbid it: said when one is asked.
    return null;
  }
}

/** Starts the first thread at once. */
export function createCounters(): StartCounter {
  let next = new Thread();
  return (message, hear) => {
    // The network may be back since.
    if (next.failed) next = new Thread();
    const thread = next;
    // Not at the same time: a thread that starts takes a core from the one that counts.
    const replace = () => {
      if (next === thread) next = new Thread();
    };
    thread.ask(message, (answer) => {
      if (answer.said !== "progress") replace();
      hear(answer);
    });
    return {
      stop() {
        thread.stop();
        replace();
      },
    };
  };
}
