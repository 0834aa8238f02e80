/** A thread that plays one rehearsal and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { RehearsalError } from "./errors.ts";
import { type Played, play, type Subject } from "./play.ts";

export type FromRehearsal =
  | { readonly type: "step"; readonly step: string; readonly done: number }
  | { readonly type: "played"; readonly played: Played }
  | { readonly type: "failed"; readonly code: string | null };

const port = parentPort;
if (port !== null) {
  const tell = (message: FromRehearsal) => port.postMessage(message);
  play(workerData as Subject, (step, done) => tell({ type: "step", step, done })).then(
    (played) => tell({ type: "played", played }),
    (error: unknown) => tell({ type: "failed", code: error instanceof RehearsalError ? error.code : null }),
  );
}
