/**
 * Looks for secrets in all files of a browser's profile: their bytes as they are, what LevelDB has packed, and what the
 * browser's cache keeps as it came over the network, gzipped. The browser must have been closed. Cookies are encrypted there:
 * a test asks the browser whether there are any.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { type Canary, CanarySearch } from "../../kit/canary-search.ts";
import { tableBlocks } from "./level-db.ts";

export type Searched = { readonly found: readonly string[]; readonly files: number };

export async function searchProfile(folder: string, canaries: readonly Canary[]): Promise<Searched> {
  const search = new CanarySearch(canaries);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = search.inBytes("a file's name", entries.map(({ name }) => name).join("\n"));
  const files = entries.filter((entry) => entry.isFile());
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const where = path.slice(folder.length + 1);
    const bytes = await readFile(path);
    found.push(...search.inBytes(where, bytes));
    const packed = file.name.endsWith(".ldb") ? tableBlocks(bytes) : [];
    for (const part of [...packed, ...gzipped(bytes)])
      found.push(...search.inBytes(`${where}, unpacked`, part));
  }
  return { found, files: files.length };
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** What unpacks at any place that looks like the beginning of a gzip stream. */
function gzipped(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = bytes.indexOf(GZIP); at !== -1; at = bytes.indexOf(GZIP, at + 1)) {
    try {
      parts.push(gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }));
    } catch {
      // It only looked like one, or other bytes follow it: see below.
      const part = upToGarbage(bytes.subarray(at));
      if (part !== null) parts.push(part);
    }
  }
  return parts;
}

/** A cache entry goes on after the stream's end: looks for that end, whose last four bytes are the length of the contents. */
function upToGarbage(bytes: Buffer): Buffer | null {
  const eof = bytes.indexOf(Buffer.from("d8410d97456ffaf4", "hex"));
  if (eof === -1) return null;
  try {
    return gunzipSync(bytes.subarray(0, eof), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return null;
  }
}
