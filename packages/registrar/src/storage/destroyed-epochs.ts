/**
 * Epochs whose keys and tags are being destroyed, or are. Every step here may be repeated, and nothing goes back: an epoch
 * that is marked gets no keys again and enrols nobody.
 */
import { CompiledQuery, sql } from "kysely";
import type { RegistrarDatabase, RegistrarTables } from "./schema.ts";

export type DestructionRow = RegistrarTables["destruction"];

export async function listDestructions(database: RegistrarDatabase): Promise<DestructionRow[]> {
  return await database.db.selectFrom("destruction").selectAll().orderBy("epoch").execute();
}

/** Durable on return. */
export async function markEnding(database: RegistrarDatabase, epoch: number): Promise<void> {
  await database.db
    .insertInto("destruction")
    .values({ epoch, leaf: null })
    .onConflict((conflict) => conflict.column("epoch").doNothing())
    .execute();
}

/**
 * Deletes the epoch's tags and MACs and writes the table anew, so that no page of it holds them. On return they are in no
 * file of SQLite's; PostgreSQL's write-ahead log has them until it is recycled (see OPERATING).
 */
export async function destroyTags(database: RegistrarDatabase, epoch: number): Promise<void> {
  if (database.engine === "postgres") return await rewriteOnPostgres(database, epoch);
  await database.db.deleteFrom("enrolment").where("epoch", "=", epoch).execute();
  await database.db.executeQuery(CompiledQuery.raw("vacuum"));
  await database.truncateWal();
}

/**
 * Not DELETE and VACUUM FULL: that carries deleted rows over which an old snapshot of anybody's could still see. TRUNCATE
 * gives the table a new file and drops the old one, whoever looks; it waits for those who do.
 */
async function rewriteOnPostgres(database: RegistrarDatabase, epoch: number): Promise<void> {
  await database.transaction(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`lock table enrolment in access exclusive mode`.execute(trx);
    await sql`create temporary table kept on commit drop as
      select epoch, tag, mac from enrolment where epoch <> ${epoch} order by epoch, tag`.execute(trx);
    await sql`truncate enrolment`.execute(trx);
    await sql`insert into enrolment select epoch, tag, mac from kept order by epoch, tag`.execute(trx);
  });
}

/** Keeps the leaf if none is kept yet, and gives the one that is. Durable on return. */
export async function keepDestruction(
  database: RegistrarDatabase,
  epoch: number,
  leaf: Uint8Array,
): Promise<Uint8Array> {
  return await database.transaction(async (trx) => {
    await trx
      .updateTable("destruction")
      .set({ leaf })
      .where("epoch", "=", epoch)
      .where("leaf", "is", null)
      .execute();
    const row = await trx
      .selectFrom("destruction")
      .select("leaf")
      .where("epoch", "=", epoch)
      .executeTakeFirstOrThrow();
    return row.leaf!;
  });
}
