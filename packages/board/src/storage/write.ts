/**
 * How a board writes. All writes of all processes of one board run one after another: on SQLite because the engine has
 * one writer, on PostgreSQL because each takes the same table lock before anything else. So a writer sees everything
 * that came before it and nothing that is under way: two processes can neither sign two logs nor take one key twice,
 * and no write fails because it met another, unless it has waited for a minute.
 *
 * Durable: everything, when the promise resolves; nothing, when it rejects (but see service/src/database/database.ts
 * on a connection that is lost during COMMIT: every command here can be repeated). `work` may be called again, so it
 * does nothing but query and compute.
 */
import { type Engine, type LockedDatabase, ServiceError } from "@undersigned/service";
import { sql } from "kysely";
import type { BoardTables, Trx } from "./schema.ts";

export async function write<R>(
  database: LockedDatabase<BoardTables>,
  engine: Engine,
  work: (trx: Trx) => Promise<R>,
): Promise<R> {
  const transaction = database.transaction(async (trx) => {
    // LOCK TABLE takes no snapshot, so what is read after the wait is what the writer before has left. Readers are
    // not kept out: SHARE ROW EXCLUSIVE bars writers and itself.
    if (engine === "postgres") await sql`lock table workforce in share row exclusive mode`.execute(trx);
    return await work(trx);
  });
  return await transaction.catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
    throw new ServiceError("database-busy", "The board is busy with its tick: try again shortly.", {
      retryAfterSeconds: 10,
    });
  });
}

/** PostgreSQL's query_canceled: a large tick can outlast the time that a statement may wait for the lock. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === "57014";
}

/** Rows for each statement: few enough for the parameters of both engines, many enough to be quick. */
export const ROWS_AT_ONCE = 64;

export function* chunks<T>(rows: readonly T[], size: number = ROWS_AT_ONCE): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
