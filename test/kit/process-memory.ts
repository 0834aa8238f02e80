/**
 * The memory of a running process, as a core dump would hold it: every private page that it may write, read by way of
 * /proc (Linux; see proc(5)). Of a child, or for root.
 */
import { type FileHandle, open, readFile } from "node:fs/promises";

const PIECE = 256 * 1024;
/** In the vector that the kernel gives every process: pairs of a type and a value (getauxval(3)). */
const AT_PAGESZ = 6n;

/** Whether this machine lets us read the memory of our children. */
export async function canReadMemory(pid: number): Promise<boolean> {
  try {
    await (await open(`/proc/${pid}/mem`, "r")).close();
    return true;
  } catch {
    return false;
  }
}

/** Pieces of memory in the order of their addresses, each good until the next. What vanishes meanwhile is left out. */
export async function* readMemory(pid: number): AsyncGenerator<Uint8Array> {
  const maps = await readFile(`/proc/${pid}/maps`, "utf8");
  const memory = await open(`/proc/${pid}/mem`, "r");
  const pages = await open(`/proc/${pid}/pagemap`, "r");
  const pageSize = await readPageSize();
  const piece = Buffer.alloc(PIECE);
  try {
    for (const [, from, to] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw.p/gm)) {
      const end = Number.parseInt(to!, 16);
      for (let at = Number.parseInt(from!, 16); at < end; at += PIECE) {
        const length = Math.min(PIECE, end - at);
        // Most of it is room that was never used.
        if (!(await isUsed(pages, at / pageSize, length / pageSize))) continue;
        const read = await memory.read(piece, 0, length, at).catch(() => null);
        if (read !== null) yield piece.subarray(0, read.bytesRead);
      }
    }
  } finally {
    await memory.close();
    await pages.close();
  }
}

/** Whether one of `count` pages is in memory or swapped out: the highest two of each one's 64 bits. */
async function isUsed(pages: FileHandle, first: number, count: number): Promise<boolean> {
  const entries = Buffer.alloc(count * 8);
  const { bytesRead } = await pages.read(entries, 0, entries.length, first * 8);
  for (let i = 7; i < bytesRead; i += 8) if (entries[i]! >= 0x40) return true;
  return false;
}

async function readPageSize(): Promise<number> {
  const bytes = await readFile("/proc/self/auxv");
  for (let at = 0; at + 16 <= bytes.length; at += 16)
    if (bytes.readBigUInt64LE(at) === AT_PAGESZ) return Number(bytes.readBigUInt64LE(at + 8));
  throw new Error("The kernel does not say how large its pages are.");
}
