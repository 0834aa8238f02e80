/**
 * Files that only their owner can read, in folders that only their owner can enter: databases, keys, passphrases.
 * A mode that lets others in is refused, not repaired: what lay open may have been copied, and the operator should
 * know. Modes mean nothing on Windows and are not looked at there.
 */

import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, mkdir, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ServiceError } from "./errors.ts";

const GROUP_AND_OTHERS = 0o077;
const checksModes = process.platform !== "win32";

/** Creates the folder with mode 0700, or checks that a folder that is there has no bits for group and others. */
export async function requirePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if (checksModes && (mode & GROUP_AND_OTHERS) !== 0) {
    throw new ServiceError(
      "open-to-others",
      "Other users of this machine can enter a folder that holds private files: run chmod 700 on it.",
    );
  }
}

/** Throws `open-to-others` when group or others have any right to the open file, `lock-unreadable` if it is no file. */
export async function requirePrivateFile(file: FileHandle): Promise<void> {
  const info = await file.stat();
  if (!info.isFile()) throw new ServiceError("lock-unreadable", "Name a regular file.");
  if (checksModes && (info.mode & GROUP_AND_OTHERS) !== 0) {
    throw new ServiceError(
      "open-to-others",
      "Other users of this machine have rights to a private file: run chmod 600 on it, and replace what it holds if someone may have read it.",
    );
  }
}

/**
 * Writes a whole file of mode 0600, or leaves everything as it was: when this returns, the new contents are durable
 * (file and folder are synced); after a crash the path holds the old contents or the new ones, never a part. With
 * `mustBeNew`, throws an EEXIST error if the path is taken.
 */
export async function writePrivateFile(
  path: string,
  contents: Uint8Array,
  options: { mustBeNew?: boolean } = {},
): Promise<void> {
  const folder = dirname(path);
  await requirePrivateFolder(folder);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  const file = await open(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    if (options.mustBeNew === true) {
      // link refuses a taken name in one step; a test followed by rename would not.
      await link(temporary, path);
      await unlink(temporary);
    } else {
      await rename(temporary, path);
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
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
