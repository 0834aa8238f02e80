/**
 * The documented backup: the database, the identity key as it is sealed, and the public card, laid out as in a data
 * folder, so that restoring is copying back. Keys of epochs are never in it. A copy of them would outlive `close-epoch`
 * in somebody's drawer; without them a restored registrar enrols nobody in the epochs that were running.
 */
import { constants } from "node:fs";
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { encodeBase64url, randomBytes } from "@undersigned/core";
import { type Lock, writePrivateFile } from "@undersigned/service";
import { sql } from "kysely";
import { RegistrarError } from "../errors.ts";
import { keyPath } from "../keys/key-files.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { RegistrarDatabase } from "../storage/schema.ts";
import { requireIdentity } from "./create-registrar-keys.ts";
import { cardPath } from "./registrar-card.ts";

export type BackupOptions = {
  readonly dataDir: string;
  /** If given, the identity key is opened with it first: a backup that nobody can open is none. */
  readonly lock?: Lock | undefined;
  /** As for `startRegistrar`. PostgreSQL has tools of its own and is refused. */
  readonly databaseUrl?: string | undefined;
  /** A folder that is not there yet; the one around it is. */
  readonly out: string;
};

/**
 * Makes `out` with mode 700 and files of mode 600; it is there whole and durable, or not at all. The registrar must not be
 * running, since it keeps every other process out of its database. Throws `backup-refused`, `other-process-active`,
 * `identity-missing`, `keys-locked`.
 */
export async function backupRegistrar(options: BackupOptions): Promise<void> {
  const { dataDir, lock } = options;
  const out = resolve(options.out);
  if (/^postgres(ql)?:\/\//.test(options.databaseUrl ?? "")) {
    throw refused(
      "The database is on PostgreSQL: back it up with pg_dump, and copy keys/identity.age beside it, but no tag-*.age and no epoch-*.age.",
    );
  }
  if (await isThere(out)) throw refused("The backup's folder is there already: name a new one.");
  if (!(await isThere(dirname(out)))) throw refused("The folder around the backup is not there: make it.");
  if (lock !== undefined) await requireIdentity(dataDir, lock);
  const identity = await readIfThere(keyPath(dataDir, "identity.age"));
  if (identity === null) {
    throw new RegistrarError(
      "identity-missing",
      "This registrar has no identity yet: there is nothing to back up.",
    );
  }
  const card = await readIfThere(cardPath(dataDir));
  const database = await openStorage(options, () => undefined);
  const partial = join(dirname(out), `.${basename(out)}.${encodeBase64url(randomBytes(8))}.tmp`);
  try {
    await mkdir(partial, { mode: 0o700 });
    await copyDatabase(database, join(partial, "registrar.sqlite"));
    await writePrivateFile(keyPath(partial, "identity.age"), identity);
    if (card !== null) await writePrivateFile(cardPath(partial), card);
    await sync(partial);
    await rename(partial, out);
    await sync(dirname(out));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await database.close();
  }
}

/** VACUUM INTO takes an empty file and keeps its mode. It copies rows, and no pages that once held others. */
async function copyDatabase(database: RegistrarDatabase, path: string): Promise<void> {
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    await sql`vacuum into ${path}`.execute(database.db);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function refused(sentence: string): RegistrarError {
  return new RegistrarError("backup-refused", sentence);
}
