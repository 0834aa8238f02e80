/**
 * Somebody who has seized folders, knows their lock, and has the staff directory. Every 32 bytes that lie anywhere in them
 * may be the key; a mailbox is found if its tag under such a key lies in them as well.
 */
import { createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openKeyFile } from "@undersigned/service";
import { LOCK } from "./lock.ts";

export async function bytesBelow(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const opened = await Promise.all(
    paths
      .filter((path) => path.endsWith(".age"))
      .map(async (path) => Buffer.from(await openKeyFile(path, LOCK))),
  );
  return [...contents, ...opened];
}

/** Every 32 bytes at any place, and every text of 43 characters that could be 32 bytes. */
function* keysIn(bytes: Buffer): Generator<Buffer> {
  const texts = bytes.toString("latin1").match(/[A-Za-z0-9_-]{43}/g) ?? [];
  for (const text of texts) yield Buffer.from(text, "base64url");
  for (let at = 0; at + 32 <= bytes.length; at++) {
    const key = bytes.subarray(at, at + 32);
    // A key has no runs; most of a database is empty space.
    if (new Set(key).size >= 16) yield key;
  }
}

/** The mailboxes of the directory that can be told to have enrolled. `known` are keys that lie elsewhere. */
export async function findEnrolled(
  folders: readonly string[],
  directory: readonly string[],
  known: readonly Uint8Array[] = [],
): Promise<string[]> {
  const seized = (await Promise.all(folders.map(bytesBelow))).flat();
  const tags = new Set<string>();
  for (const bytes of seized) {
    for (let at = 0; at + 32 <= bytes.length; at++) tags.add(bytes.toString("latin1", at, at + 32));
  }
  const found = new Set<string>();
  const tried = new Set<string>();
  const candidates = [
    ...known.map((key) => Buffer.from(key)),
    ...seized.flatMap((bytes) => [...keysIn(bytes)]),
  ];
  for (const key of candidates) {
    const name = key.toString("latin1");
    if (tried.has(name)) continue;
    tried.add(name);
    for (const mailbox of directory) {
      const tag = createHmac("sha256", key).update(mailbox).digest("latin1");
      if (tags.has(tag)) found.add(mailbox);
    }
  }
  return [...found].sort();
}
