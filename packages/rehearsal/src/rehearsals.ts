/** The rehearsal of a desk: one at a time, in a thread of its own, its result in memory until it is ended or the board stops. */
import { Worker } from "node:worker_threads";
import { bundleSource, type FileSource } from "@undersigned/verify";
import { RehearsalError } from "./errors.ts";
import { daysOf, peopleFor } from "./plan.ts";
import type { Played, Subject } from "./play.ts";
import type { FromRehearsal } from "./rehearsal-worker.ts";

export type RehearsalSubject = Subject;

export interface RehearsalState {
  readonly state: "none" | "running" | "done" | "failed";
  /** In plain words. */
  readonly step: string;
  readonly done: number;
  /** Where its public files are, once it is done. */
  readonly at: { readonly workforce: string; readonly letter: string } | null;
}

const NONE: RehearsalState = { state: "none", step: "", done: 0, at: null };
/** More than the largest rehearsal takes. */
const HEAP_MIB = 512;

export class Rehearsals {
  #worker: Worker | null = null;
  #state: RehearsalState = NONE;
  #played: (Played & { readonly source: FileSource }) | null = null;

  /** Begins one, in place of what was played before. Throws `rehearsal-running`, `too-many-people`, `too-many-days`. */
  start(subject: RehearsalSubject): void {
    if (this.#worker !== null) {
      throw new RehearsalError("rehearsal-running", "A rehearsal is being played: wait for it, or end it.");
    }
    peopleFor(subject.manifest, subject.colleagues);
    daysOf(subject.manifest);
    this.#played = null;
    this.#state = { state: "running", step: "Beginning", done: 0, at: null };
    const worker = new Worker(new URL("./rehearsal-worker.ts", import.meta.url), {
      workerData: subject,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
    this.#worker = worker;
    worker.on("message", (message: FromRehearsal) => this.#hear(message));
    worker.on("error", () => this.#fail());
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      if (this.#state.state === "running") this.#fail();
    });
  }

  state(): RehearsalState {
    return this.#state;
  }

  /** The public files of what was played; null for every other workforce. */
  files(workforce: string): FileSource | null {
    return this.#played?.workforce === workforce ? this.#played.source : null;
  }

  /** Stops what runs and forgets what was played. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#played = null;
    this.#state = NONE;
    await worker?.terminate();
  }

  #hear(message: FromRehearsal): void {
    if (this.#worker === null) return;
    if (message.type === "step") {
      this.#state = { state: "running", step: message.step, done: message.done, at: null };
    } else if (message.type === "failed") {
      this.#fail();
    } else {
      const { workforce, letter, bundle } = message.played;
      this.#played = { ...message.played, source: bundleSource(bundle) };
      this.#state = { state: "done", step: "Done", done: 100, at: { workforce, letter } };
    }
  }

  #fail(): void {
    const step = "The rehearsal stopped before its end. Nothing was published; begin it again.";
    this.#state = { state: "failed", step, done: 0, at: null };
  }
}
