/**
 * Public files of a log as they are read, kept beside: what is here already from an earlier run is read here, what is new is asked for
 * and put into a folder of its own. Nothing of it is trusted, neither here nor there: the recount that reads from this source says
 * whether it is right, and what it found wrong is thrown away with the folder.
 */
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileSource, VerifyError } from "@undersigned/verify";
import type { Visit } from "../outside/visit.ts";
import { type Lasting, lastingOf } from "./files-of-log.ts";

export interface StagedSource extends FileSource {
  /** Paths of the files that were read and are there. */
  readonly taken: ReadonlySet<string>;
  /** Those of them that came from the earlier run. */
  readonly kept: ReadonlySet<string>;
  /** Captured copies that manifests and records name. */
  readonly copies: ReadonlySet<string>;
}

export interface Staging {
  readonly visit: Visit;
  /** Below the visit's address, with a slash at its end. */
  readonly prefix: string;
  /** Folder of the earlier run; null to ask for everything. */
  readonly earlier: string | null;
  /** Folder for what is new. */
  readonly fresh: string;
  /** Which kinds are put there. */
  readonly keeps: (lasting: Lasting) => boolean;
}

/** In canonical JSON a quotation mark within a text has a backslash before it: so this is nothing but a source's field. */
const COPY = /"copy":"([A-Za-z0-9_-]{43})"/g;
const NAMES_COPIES = /^(?:manifests|records)\//;
const PLAIN = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Throws VerifyError `path-refused` for what no file of a log is called, and FollowError as the visit does. */
export function stagedSource({ visit, prefix, earlier, fresh, keeps }: Staging): StagedSource {
  const taken = new Set<string>();
  const kept = new Set<string>();
  const copies = new Set<string>();

  async function fromEarlier(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const lasting = lastingOf(path);
    if (earlier === null || lasting === "changing") return null;
    const file = await readUpTo(join(earlier, path), maxBytes);
    if (file === null || (lasting === "while-there" && !(await visit.has(prefix + path)))) return null;
    kept.add(path);
    return file;
  }

  async function fromVisit(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const bytes = (await visit.get(prefix + path, maxBytes))?.bytes ?? null;
    if (bytes !== null && keeps(lastingOf(path))) {
      const file = join(fresh, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    return bytes;
  }

  return {
    taken,
    kept,
    copies,
    async read(path, maxBytes) {
      if (path.length > 300 || !PLAIN.test(path)) {
        throw new VerifyError("path-refused", "Ask for public files by the paths that the protocol lists.");
      }
      const file = (await fromEarlier(path, maxBytes)) ?? (await fromVisit(path, maxBytes));
      if (file === null) return null;
      taken.add(path);
      if (NAMES_COPIES.test(path)) {
        for (const [, copy] of Buffer.from(file).toString("latin1").matchAll(COPY))
          copies.add(copy as string);
      }
      return file;
    },
  };
}

/** Null for what is not there, is no file or has more bytes. */
async function readUpTo(path: string, maxBytes: number): Promise<Uint8Array | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    const info = await file.stat();
    return info.isFile() && info.size <= maxBytes ? new Uint8Array(await readFile(file)) : null;
  } finally {
    await file.close();
  }
}
