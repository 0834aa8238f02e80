/**
 * Writes the SQLite file anew after a tick: rows of keys and what still pends come to lie in the order of their hashes,
 * whatever the order in which they were written, and the room of what was released is given back. Takes memory and a
 * pause of the size of the file (some seconds for the largest that is rewritten), once a day.
 */
import { sql } from "kysely";
import type { BoardDatabase } from "./schema.ts";

const MAX_BYTES = 512 * 1024 * 1024;

/** Does nothing on PostgreSQL (see OPERATING), and where the file is too large to be rewritten in passing. */
export async function compact({ db, engine }: BoardDatabase): Promise<void> {
  if (engine !== "sqlite") return;
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db);
    return Number(Object.values(rows[0] ?? {})[0]);
  };
  const used = (await pragma("page_count")) - (await pragma("freelist_count"));
  if (used * (await pragma("page_size")) <= MAX_BYTES) await sql`vacuum`.execute(db);
}
