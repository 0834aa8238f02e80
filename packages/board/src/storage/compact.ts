/**
 * Gives back the room of a pool that was released. SQLite keeps the pages (zeroed, by secure_delete) for later rows; for
 * a board whose pool was large once that is disk for nothing. Rewriting takes memory and a pause of the size of the
 * file, so it is done when a quarter of a file of bearable size is empty.
 */
import { sql } from "kysely";
import type { BoardDatabase } from "./schema.ts";

const MAX_BYTES = 512 * 1024 * 1024;
const MIN_BYTES = 1024 * 1024;

/** Does nothing on PostgreSQL, which has its autovacuum. */
export async function compact({ db, engine }: BoardDatabase): Promise<void> {
  if (engine !== "sqlite") return;
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db);
    return Number(Object.values(rows[0] ?? {})[0]);
  };
  const pageSize = await pragma("page_size");
  const free = (await pragma("freelist_count")) * pageSize;
  const whole = (await pragma("page_count")) * pageSize;
  if (free >= MIN_BYTES && free * 4 >= whole && whole - free <= MAX_BYTES) await sql`vacuum`.execute(db);
}
