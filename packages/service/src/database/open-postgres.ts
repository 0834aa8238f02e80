/** The handle on a PostgreSQL database. What it promises stands in database.ts. */
import { Kysely } from "kysely";
import type { Database, ExclusiveLock } from "./database.ts";
import { migrate } from "./migrations.ts";
import type { DatabaseOptions } from "./open-database.ts";
import { CheckedPostgresDialect, openPool } from "./postgres-dialect.ts";
import { holdAdvisoryLock, withAdvisoryLock } from "./postgres-locks.ts";
import { runSerializable } from "./postgres-transaction.ts";
import type { TransactionScope } from "./transaction-scope.ts";

/** Throws `bad-database-url`. Nothing is connected yet. */
export function openPostgres<T>(options: DatabaseOptions, scope: TransactionScope): Database<T> {
  const { url, applicationName = "undersigned", maxConnections = 10 } = options;
  const db = new Kysely<T>({
    dialect: new CheckedPostgresDialect(openPool(url, applicationName, maxConnections), scope),
  });
  const locks = new Set<ExclusiveLock>();

  return {
    db,
    engine: "postgres",
    transaction: (work) => runSerializable(db, scope, work),
    async migrate(part, migrations) {
      await migrate(db as Kysely<unknown>, "postgres", scope, migrations, part);
    },
    async truncateWal() {},
    async exclusive(name, onLost) {
      const lock = await holdAdvisoryLock(url, applicationName, name, onLost);
      locks.add(lock);
      return lock;
    },
    tryLock: (name, work) => withAdvisoryLock(url, applicationName, name, scope, work),
    async close() {
      await Promise.all([...locks].map((lock) => lock.release()));
      await db.destroy();
    },
  };
}
