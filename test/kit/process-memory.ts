/**
 * The memory of a running process, as a core dump would hold it: every private page that it may write, read by way of
 * /proc (Linux; see proc(5)). Of a child, or for root.
 */
import { open, readFile } from "node:fs/promises";

const PIECE = 256 * 1024;
const ZEROS = Buffer.alloc(PIECE);

/** Whether this machine lets us read the memory of our children. */
export async function canReadMemory(pid: number): Promise<boolean> {
  try {
    await (await open(`/proc/${pid}/mem`, "r")).close();
    return true;
  } catch {
    return false;
  }
}

/** Pieces of memory in the order of their addresses. What vanishes meanwhile is left out. */
export async function* readMemory(pid: number): AsyncGenerator<Uint8Array> {
  const maps = await readFile(`/proc/${pid}/maps`, "utf8");
  const memory = await open(`/proc/${pid}/mem`, "r");
  try {
    for (const [, from, to] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw.p/gm)) {
      const end = Number.parseInt(to!, 16);
      for (let at = Number.parseInt(from!, 16); at < end; at += PIECE) {
        const length = Math.min(PIECE, end - at);
        const read = await memory.read(Buffer.alloc(length), 0, length, at).catch(() => null);
        if (read === null) continue;
        const bytes = read.buffer.subarray(0, read.bytesRead);
        // Most of it is room that was never used.
        if (!bytes.equals(ZEROS.subarray(0, bytes.length))) yield bytes;
      }
    }
  } finally {
    await memory.close();
  }
}
