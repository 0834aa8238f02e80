/**
 * Column types and table options that mean the same on both engines. `db.schema.createTable("x")
 * .addColumn("id", blob(engine), …).$call(strictTable(engine))`.
 */
import { type CreateTableBuilder, type RawBuilder, sql } from "kysely";
import type { Engine } from "./database.ts";

/** Bytes; a Uint8Array in code. Compares by unsigned byte. */
export function blob(engine: Engine): RawBuilder<unknown> {
  return engine === "sqlite" ? sql`blob` : sql`bytea`;
}

/** A signed 64-bit integer of which code uses ±(2^53 - 1). */
export function integer(engine: Engine): RawBuilder<unknown> {
  return engine === "sqlite" ? sql`integer` : sql`bigint`;
}

/** Text that sorts and compares by UTF-8 bytes, whatever the server's locale is. */
export function text(engine: Engine): RawBuilder<unknown> {
  return engine === "sqlite" ? sql`text` : sql`text collate "C"`;
}

/**
 * Ends every CREATE TABLE. On SQLite: STRICT, so that a column refuses other types as PostgreSQL does, and WITHOUT
 * ROWID, since the hidden row id would record the order in which rows arrived. The table needs a primary key; it
 * is what rows are kept by. PostgreSQL has no such option: its heap keeps an order of arrival until rewritten.
 */
export function strictTable(engine: Engine) {
  return <N extends string, C extends string>(table: CreateTableBuilder<N, C>): CreateTableBuilder<N, C> =>
    engine === "sqlite" ? table.modifyEnd(sql`strict, without rowid`) : table;
}
