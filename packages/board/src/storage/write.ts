/**
 * How a board writes. All writes of all processes of one board run one after another: on SQLite because the engine has
 * one writer, on PostgreSQL because each takes the same table lock before anything else. So a writer sees everything
 * that came before it and nothing that is under way: two processes can neither sign two logs nor take one key twice,
 * and no write fails because it met another.
 *
 * Durable: everything, when the promise resolves; nothing, when it rejects (but see service/src/database/database.ts
 * on a connection that is lost during COMMIT: every command here can be repeated). `work` may be called again, so it
 * does nothing but query and compute.
 */
import type { Engine, LockedDatabase } from "@undersigned/service";
import { sql } from "kysely";
import type { BoardTables, Trx } from "./schema.ts";

export async function write<R>(
  database: LockedDatabase<BoardTables>,
  engine: Engine,
  work: (trx: Trx) => Promise<R>,
): Promise<R> {
  return await database.transaction(async (trx) => {
    // LOCK TABLE takes no snapshot, so what is read after the wait is what the writer before has left. Readers are
    // not kept out: SHARE ROW EXCLUSIVE bars writers and itself.
    if (engine === "postgres") await sql`lock table workforce in share row exclusive mode`.execute(trx);
    return await work(trx);
  });
}

/** Rows for each statement: few enough for the parameters of both engines, many enough to be quick. */
export const ROWS_AT_ONCE = 64;

export function* chunks<T>(rows: readonly T[], size: number = ROWS_AT_ONCE): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
