/** Opens a database by its URL. What the handle promises stands in database.ts. */
import { CompiledQuery, Kysely, type Transaction } from "kysely";
import { ServiceError } from "../errors.ts";
import { badUrl } from "./bad-url.ts";
import type { Database, ExclusiveLock, LockedDatabase, TryLockResult } from "./database.ts";
import { type Migration, migrate } from "./migrations.ts";
import { NodeSqliteDialect } from "./sqlite-dialect.ts";
import { openSqliteFile } from "./sqlite-file.ts";
import { TransactionScope } from "./transaction-scope.ts";

export type DatabaseOptions = {
  /** `sqlite:PATH` or a plain path, `postgres://…` or `postgresql://…`; `:memory:` in tests. */
  url: string;
  /** SQLite: keep every other process out of the file, for reading too. A server wants this. No effect on PostgreSQL. */
  exclusive?: boolean;
  /** Applied before the handle is returned. */
  migrations?: readonly Migration[];
  /** What PostgreSQL's own views call this session. */
  applicationName?: string;
  /** PostgreSQL: connections at most, besides one for each lock. */
  maxConnections?: number;
};

/**
 * Opens, migrates and checks. Throws `bad-database-url`, `database-unavailable`, `database-in-use`,
 * `open-to-others`, `migration-mismatch`, or what a migration throws; nothing is left open then.
 */
export async function openDatabase<T>(options: DatabaseOptions): Promise<Database<T>> {
  const scope = new TransactionScope();
  const database = /^postgres(ql)?:\/\//.test(options.url)
    ? await openOnServer<T>(options, scope)
    : await openSqlite<T>(options, scope);
  try {
    await migrate(database.db as Kysely<unknown>, database.engine, scope, options.migrations ?? []);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openSqlite<T>(options: DatabaseOptions, scope: TransactionScope): Promise<Database<T>> {
  const path = options.url.replace(/^sqlite:/, "");
  // A mistyped scheme must not become a file name.
  if (path === "" || /^[a-z][a-z0-9+.-]+:/i.test(path)) throw badUrl();
  const exclusive = options.exclusive === true || path === ":memory:";
  const file = await openSqliteFile(path, exclusive);
  const db = new Kysely<T>({ dialect: new NodeSqliteDialect(file, scope) });
  const held = new Set<string>();

  function transaction<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R> {
    return db.transaction().execute((trx) => scope.run(() => work(trx)));
  }

  /** Names are held within the process; the file's own lock keeps other processes out. */
  function take(name: string): boolean {
    if (!exclusive) {
      throw new ServiceError(
        "not-exclusive",
        "Open the SQLite database exclusively before taking a lock in it.",
      );
    }
    if (held.has(name)) return false;
    held.add(name);
    return true;
  }

  return {
    db,
    engine: "sqlite",
    transaction,
    async migrate(part, migrations) {
      await migrate(db as Kysely<unknown>, "sqlite", scope, migrations, part);
    },
    async truncateWal() {
      const { rows } = await db.executeQuery<{ busy: number }>(
        CompiledQuery.raw("pragma wal_checkpoint(truncate)"),
      );
      if (rows[0]?.busy !== 0) {
        throw new ServiceError(
          "database-busy",
          "Another process is reading the database: try again once it has ended.",
        );
      }
    },
    async exclusive(name): Promise<ExclusiveLock> {
      if (!take(name)) throw new ServiceError("lock-taken", "The lock is held in this process already.");
      return {
        async release() {
          held.delete(name);
        },
      };
    },
    async tryLock<R>(
      name: string,
      work: (locked: LockedDatabase<T>) => Promise<R>,
    ): Promise<TryLockResult<R>> {
      if (!take(name)) return { held: false };
      try {
        return { held: true, value: await work({ transaction }) };
      } finally {
        held.delete(name);
      }
    },
    async close() {
      await db.destroy();
    },
  };
}

/** A board on SQLite never loads what PostgreSQL needs. */
async function openOnServer<T>(options: DatabaseOptions, scope: TransactionScope): Promise<Database<T>> {
  const { openPostgres } = await import("./open-postgres.ts");
  return openPostgres<T>(options, scope);
}
