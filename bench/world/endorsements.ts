/**
 * The endorsements that are measured with, made once with a thread on every core and kept in bench/cache: 200,000 of them
 * take two or three minutes. The file only ever grows, so a run that needs fewer takes the first ones.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Endorsement, readRecord, recordOffsets } from "./endorsement-file.ts";
import type { MakeTask } from "./endorsement-maker.ts";
import { newWorld } from "./world.ts";

const PIECE = 250;

export interface Endorsements {
  readonly count: number;
  get(index: number): Endorsement;
}

export function endorsementPath(cacheDir: string): string {
  return join(cacheDir, `endorsements-${newWorld().letter.letter.slice(0, 12)}.bin`);
}

/** Reads what is in the file, up to `count`. */
export function readEndorsements(path: string, count: number): Endorsements {
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array(0);
  const offsets = recordOffsets(bytes, count);
  return { count: offsets.length - 1, get: (index) => readRecord(bytes, offsets, index) };
}

/** Makes those that are missing in the file. Returns the file's path. */
export async function makeEndorsements(
  cacheDir: string,
  count: number,
  onProgress: (made: number) => void = () => {},
): Promise<string> {
  mkdirSync(cacheDir, { recursive: true });
  const path = endorsementPath(cacheDir);
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array(0);
  const offsets = recordOffsets(bytes, count);
  const have = offsets.length - 1;
  if (have >= count) return path;
  if (have > 0) truncateSync(path, offsets[have]!);
  const file = openSync(path, have > 0 ? "a" : "w", 0o600);
  try {
    await makePieces(have, count, (records, made) => {
      writeSync(file, records);
      onProgress(made);
    });
  } finally {
    closeSync(file);
  }
  return path;
}

/** Hands the pieces over in order. */
async function makePieces(
  from: number,
  to: number,
  write: (records: Uint8Array, made: number) => void,
): Promise<void> {
  const pieces: MakeTask[] = [];
  for (let at = from; at < to; at += PIECE) pieces.push({ from: at, to: Math.min(to, at + PIECE) });
  const finished = new Map<number, Uint8Array>();
  let next = 0;
  let written = 0;
  const store = (number: number, records: Uint8Array) => {
    finished.set(number, records);
    for (let piece = finished.get(written); piece !== undefined; piece = finished.get(written)) {
      finished.delete(written);
      write(piece, pieces[written]!.to);
      written++;
    }
  };
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./endorsement-maker.ts", import.meta.url));
      let number = -1;
      const hand = () => {
        if (next >= pieces.length) {
          void worker.terminate().then(() => resolve());
          return;
        }
        number = next++;
        worker.postMessage(pieces[number]!);
      };
      worker.on("message", (records: Uint8Array) => {
        store(number, records);
        hand();
      });
      worker.on("error", reject);
      hand();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
