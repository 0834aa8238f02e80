/** A running server's SQLite database, as somebody finds it who seizes the disk. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** The main file and the write-ahead log, at one moment. */
export type Disk = { readonly file: Buffer; readonly log: Buffer };

export async function seizeDisk(path: string): Promise<Disk> {
  return { file: await readFile(path), log: await readLog(path) };
}

/**
 * The disk once the order of arrival is erased, which is told by the log: an erasure cuts it last. A server waits for
 * that a hundred times as long as its erasure before took, which is more than a minute on a machine that had no time
 * for it. Whoever calls waits for the answers to all writes first.
 */
export async function seizeErased(
  path: string,
  isErased = (log: Buffer): boolean => log.length === 0,
): Promise<Disk> {
  for (let tries = 0; tries < 2000; tries++) {
    // The file is read in pieces: what is written out of the log meanwhile could be half in it.
    const before = await readLog(path);
    if (isErased(before)) {
      const disk = await seizeDisk(path);
      if (disk.log.equals(before)) return disk;
    }
    await pause(100);
  }
  throw new Error("the write-ahead log is never cut");
}

/** Empty where there is none. */
function readLog(path: string): Promise<Buffer> {
  return readFile(`${path}-wal`).catch(() => Buffer.alloc(0));
}
