/**
 * Destroys the key files of an epoch, a registrar's or a second party's: each is overwritten, synced, and removed. What a crash has left of writing them
 * (`.<name>.<hex>.tmp`, sealed like the file itself) goes the same way. A disk that writes elsewhere than told (most
 * flash, file systems with snapshots) may keep the old bytes, and then what stands before the keys is their lock alone.
 */
import { constants } from "node:fs";
import { open, readdir, unlink } from "node:fs/promises";
import { randomBytes } from "@undersigned/core";
import { keyPath } from "./key-files.ts";

const PIECE = 65_536;

/** Names of one epoch's key files below `keys`, in the order in which they are destroyed: the tag key first. */
export function keyFilesOf(epoch: number): readonly string[] {
  return [`tag-${epoch}.age`, `epoch-${epoch}.age`];
}

/**
 * On return neither the file nor a leftover of it is there, and its folder is synced. Does nothing where none is, so it
 * may be repeated.
 */
export async function destroyKeyFile(dataDir: string, name: string): Promise<void> {
  const leftover = new RegExp(`^\\.${name.replaceAll(".", "\\.")}\\.[0-9a-f]{16}\\.tmp$`);
  for (const found of await readdir(keyPath(dataDir, "."))) {
    if (found === name || leftover.test(found)) await destroy(keyPath(dataDir, found));
  }
  await syncFolder(keyPath(dataDir, "."));
}

async function destroy(path: string): Promise<void> {
  // Not truncated: that would give the old blocks back unwritten.
  const file = await open(path, constants.O_WRONLY);
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; at += PIECE) {
      await file.write(randomBytes(Math.min(PIECE, size - at)), 0, undefined, at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await unlink(path);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
