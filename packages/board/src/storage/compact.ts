/**
 * After a tick: what is kept by keys comes to lie in the order of the keys, whatever the order in which it was written.
 * A small SQLite file is written anew as a whole, which also gives back the room of what was released. In a large one,
 * where that would take seconds and the file's size in memory, the two tables are whose rows came in the order of people's
 * acts; the room is used again by what comes.
 */
import { sql } from "kysely";
import type { BoardDatabase, BoardTables, Trx } from "./schema.ts";

const MAX_BYTES = 8 * 1024 * 1024;

/** Does nothing on PostgreSQL: see OPERATING. */
export async function compact(database: BoardDatabase): Promise<void> {
  if (database.engine !== "sqlite") return;
  const { db } = database;
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db);
    return Number(Object.values(rows[0] ?? {})[0]);
  };
  if ((await pragma("page_count")) * (await pragma("page_size")) <= MAX_BYTES) {
    await sql`vacuum`.execute(db);
    return;
  }
  await database.transaction(async (trx) => {
    await rewrite(trx, "pool", "hash");
    await rewrite(trx, "signatory", "letter, bucket, key");
  });
}

/** Temporary tables are in memory (temp_store), and SQLite zeroes what is deleted (secure_delete). */
async function rewrite(trx: Trx, table: keyof BoardTables, key: string): Promise<void> {
  const [name, columns] = [sql.table(table), sql.raw(key)];
  await sql`create temp table copy as select * from ${name} order by ${columns}`.execute(trx);
  await sql`delete from ${name}`.execute(trx);
  await sql`insert into ${name} select * from temp.copy order by rowid`.execute(trx);
  await sql`drop table temp.copy`.execute(trx);
}
