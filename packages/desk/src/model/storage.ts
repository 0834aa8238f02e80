/** How much room the board's database takes, and how much is left. */
import { statfs } from "node:fs/promises";
import { sql } from "kysely";
import type { Desk } from "../desk.ts";

export interface Storage {
  readonly bytes: number;
  /** Of the disk that holds the data folder; null where the database is elsewhere or it cannot be told. */
  readonly free: number | null;
}

export async function readStorage({ board, database }: Desk): Promise<Storage> {
  if (database.engine === "postgres") {
    const { rows } = await sql<{
      bytes: number | bigint;
    }>`select pg_database_size(current_database()) as bytes`.execute(database.db);
    return { bytes: Number(rows[0]?.bytes ?? 0), free: null };
  }
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
  const size = await sql<{ page_size: number }>`pragma page_size`.execute(database.db);
  const bytes = (pages.rows[0]?.page_count ?? 0) * (size.rows[0]?.page_size ?? 0);
  const free = await statfs(board.ground.dataDir).catch(() => null);
  return { bytes, free: free === null ? null : free.bavail * free.bsize };
}
