/**
 * Opens the SQLite file for this process: private file modes, and the settings that durability and erasure rest on.
 * The folder and everything in it are trusted to be the operator's own; the settings guard against crashes, against
 * leftovers of deleted rows, and against a second process.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ServiceError } from "../errors.ts";
import { requirePrivateFile, requirePrivateFolder } from "../private-file.ts";

const BUSY = 5;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens or creates the database with mode 0600 in a folder of mode 0700, or in memory for `:memory:`. Throws
 * `open-to-others` for wider modes; `database-in-use` when another process has it and either of the two asked for it
 * exclusively; `database-unavailable` when it is no database or cannot be opened.
 */
export async function openSqliteFile(path: string, exclusive: boolean): Promise<DatabaseSync> {
  const file = path === ":memory:" ? path : resolve(path);
  if (file !== ":memory:") await requirePrivate(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: exclusive ? 0 : BUSY_TIMEOUT_MS });
    configure(database, exclusive);
    return database;
  } catch (error) {
    database?.close();
    if (isSqliteError(error, BUSY)) {
      throw new ServiceError("database-in-use", "Another process has the database open: stop it first.");
    }
    throw new ServiceError(
      "database-unavailable",
      "The database cannot be opened: check its path, its owner and that it is an SQLite file.",
    );
  }
}

/** SQLite gives its -wal and -shm files the mode of the database, so the file is made before SQLite sees it. */
async function requirePrivate(path: string): Promise<void> {
  await requirePrivateFolder(dirname(path));
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600).catch(() => {
    throw new ServiceError(
      "database-unavailable",
      "The database file cannot be opened: check its path and its owner.",
    );
  });
  try {
    await requirePrivateFile(file);
  } finally {
    await file.close();
  }
}

function configure(database: DatabaseSync, exclusive: boolean): void {
  // Before the first read in WAL mode: then the file itself is locked, for reading too, and no -shm file is shared.
  if (exclusive) database.exec("pragma locking_mode = exclusive");
  for (const setting of [
    "journal_mode = wal",
    "synchronous = full",
    "secure_delete = on",
    "foreign_keys = on",
    "temp_store = memory",
    "trusted_schema = off",
  ]) {
    database.exec(`pragma ${setting}`);
  }
  // An exclusive lock is only taken with the first write; SQLite keeps it from then on.
  if (exclusive) database.exec("begin immediate; commit");
  // SQLite ignores a setting that it does not know or cannot keep, and says nothing.
  requireSetting(database, "synchronous", 2);
  requireSetting(database, "secure_delete", 1);
  requireSetting(database, "foreign_keys", 1);
}

function requireSetting(database: DatabaseSync, name: string, value: number): void {
  const row = database.prepare(`pragma ${name}`).get();
  if (row?.[name] !== value) {
    throw new ServiceError(
      "database-unavailable",
      "This SQLite cannot keep a setting that durability and erasure need.",
    );
  }
}

/** Whether the error is SQLite's, with this primary or extended result code. */
export function isSqliteError(error: unknown, ...codes: readonly number[]): boolean {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== "ERR_SQLITE_ERROR") return false;
  const { errcode } = error as Error & { errcode?: unknown };
  return typeof errcode === "number" && (codes.includes(errcode) || codes.includes(errcode & 0xff));
}
