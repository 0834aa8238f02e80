import { accessSync, constants, statfsSync } from "node:fs";

const MEMORY = "/dev/shm";
/** Tests hold less than one; what they measure of memory must not suffer. */
const ENOUGH_BYTES = 6 * 2 ** 30;

/** Tests make thousands of small databases and folders: where memory has plenty of room, they lie there and wait for no disk. */
export function keepInMemory(): void {
  if (process.env.TMPDIR !== undefined) return;
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ENOUGH_BYTES) process.env.TMPDIR = MEMORY;
  } catch {
    // Most systems have none.
  }
}
