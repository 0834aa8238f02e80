/**
 * Migrations: an ordered list that only grows. Each is applied once; all that are due are applied in one transaction,
 * under a lock, so that several processes can start at once and a crash leaves the schema at one end or the other.
 * The table `migration` holds their names and no times. A part that keeps tables of its own in the same database has a
 * list of its own, and a table `<part>_migration`: so either list can grow without the other.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import { ServiceError } from "../errors.ts";
import { strictTable, text } from "./columns.ts";
import type { Engine } from "./database.ts";
import { advisoryKey } from "./postgres-locks.ts";
import type { TransactionScope } from "./transaction-scope.ts";

export type Migration = {
  /** Unique in the list, and never changed once released. */
  readonly name: string;
  /** Creates or changes tables. Only `trx` may be used. */
  readonly up: (trx: Transaction<unknown>, engine: Engine) => Promise<void>;
};

/**
 * Applies what is due and returns the names applied. Throws `migration-mismatch` when the database has migrations
 * that are not the beginning of the list: it belongs to a newer version or to another program.
 */
export async function migrate(
  db: Kysely<unknown>,
  engine: Engine,
  scope: TransactionScope,
  migrations: readonly Migration[],
  part?: string,
): Promise<readonly string[]> {
  const table = part === undefined ? "migration" : `${part}_migration`;
  if (new Set(migrations.map(({ name }) => name)).size !== migrations.length) {
    throw new ServiceError("migration-mismatch", "Give every migration a name of its own.");
  }
  // Not SERIALIZABLE: its snapshot would be taken before the wait for the lock, and miss what the other has done.
  const start = db.transaction();
  const transaction = engine === "postgres" ? start.setIsolationLevel("read committed") : start;
  return await transaction.execute((trx) =>
    scope.run(async () => {
      if (engine === "postgres") {
        // Neither the wait for another process nor the change of a large table may run into the usual limit.
        await sql`set local statement_timeout = 0`.execute(trx);
        await sql`select pg_advisory_xact_lock(${advisoryKey("migration")}::bigint)`.execute(trx);
      }
      await trx.schema
        .createTable(table)
        .ifNotExists()
        .addColumn("name", text(engine), (column) => column.primaryKey().notNull())
        .$call(strictTable(engine))
        .execute();
      const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)}`.execute(trx);
      const applied = new Set(rows.map(({ name }) => name));
      if (migrations.slice(0, applied.size).filter(({ name }) => applied.has(name)).length !== applied.size) {
        throw new ServiceError(
          "migration-mismatch",
          "The database belongs to another version: start the version that last used it, or a newer one.",
        );
      }
      const due = migrations.slice(applied.size);
      for (const { name, up } of due) {
        await up(trx, engine);
        await sql`insert into ${sql.table(table)} (name) values (${name})`.execute(trx);
      }
      return due.map(({ name }) => name);
    }),
  );
}
