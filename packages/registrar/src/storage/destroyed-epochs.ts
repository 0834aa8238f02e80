/**
 * Epochs whose keys and tags are being destroyed, or are. Every step here may be repeated, and nothing goes back: an epoch
 * that is marked gets no keys again and enrols nobody.
 */
import { CompiledQuery, sql } from "kysely";
import { EPOCH_TABLES, type RegistrarDatabase, type RegistrarTables } from "./schema.ts";

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

const TABLES = Object.keys(EPOCH_TABLES) as (keyof typeof EPOCH_TABLES)[];

/**
 * Deletes the epoch's tags, MACs, and what was kept of mails and names, and writes the tables anew, so that no page of them
 * holds any. On return they are in no file of SQLite's; PostgreSQL's write-ahead log has them until it is recycled (see
 * OPERATING).
 */
export async function destroyTags(database: RegistrarDatabase, epoch: number): Promise<void> {
  if (database.engine === "postgres") return await rewriteOnPostgres(database, epoch);
  for (const table of TABLES) await database.db.deleteFrom(table).where("epoch", "=", epoch).execute();
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
    for (const name of TABLES) {
      const [table, kept] = [sql.table(name), sql.table(`kept_${name}`)];
      const columns = sql.join(EPOCH_TABLES[name].map((column) => sql.ref(column)));
      await sql`lock table ${table} in access exclusive mode`.execute(trx);
      await sql`create temporary table ${kept} on commit drop as
        select ${columns} from ${table} where epoch <> ${epoch} order by ${columns}`.execute(trx);
      await sql`truncate ${table}`.execute(trx);
      await sql`insert into ${table} (${columns}) select ${columns} from ${kept} order by ${columns}`.execute(
        trx,
      );
    }
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
