/** Fuzzes in a thread that may be ended or run out of memory: the input at work lies in shared memory. */
import { parentPort, workerData } from "node:worker_threads";
import { SeededRandom } from "../kit/seeded-random.ts";
import { controls } from "./controls.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets.ts";

/** Some inputs of one target. The same job makes the same inputs again. */
export interface Job {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
}

export type FromThread =
  | { readonly kind: "done"; readonly taken: number }
  | { readonly kind: "found"; readonly input: Uint8Array; readonly error: string };

/** How many inputs were begun, the length of the present one, then the input. */
export const SHARED_BYTES = 8 + 1024 * 1024;

export function targetOf(name: string): Target {
  const found = [...targets, ...controls].find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no target ${name}.`);
  return found;
}

if (parentPort !== null) {
  const shared = workerData as SharedArrayBuffer;
  const head = new Uint32Array(shared, 0, 2);
  const room = new Uint8Array(shared, 8);
  const port = parentPort;
  const note = (input: Uint8Array) => {
    room.set(input.subarray(0, room.length));
    Atomics.store(head, 1, Math.min(input.length, room.length));
    Atomics.add(head, 0, 1);
  };
  port.on("message", async (job: Job) => port.postMessage(await fuzz(job, note)));
}

/** `note` is told each input before it is tried. Ends at the first finding. */
async function fuzz(job: Job, note: (input: Uint8Array) => void): Promise<FromThread> {
  const target = targetOf(job.target);
  const random = new SeededRandom(job.seed);
  let taken = 0;
  for (let i = 0; i < job.inputs; i++) {
    const input = target.make(random);
    note(input);
    try {
      if (await target.takes(input)) taken++;
    } catch (error) {
      return { kind: "found", input, error: describe(error) };
    }
  }
  return { kind: "done", taken };
}

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "something that is no Error was thrown";
}
