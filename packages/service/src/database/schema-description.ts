/**
 * Lists what a database can hold, for the tests that demand a reason for every table and column: a column that nobody
 * asked for is a column that somebody can seize.
 */
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type TableDescription = {
  table: string;
  /** In alphabetical order, generated ones included. */
  columns: readonly string[];
  /** Whether SQLite keeps a hidden row id, which is an order of arrival. Always false on PostgreSQL. */
  hasRowid: boolean;
};

/** Every table that is not the engine's own, in alphabetical order. Views count as tables. */
export async function describeSchema<T>(database: Database<T>): Promise<readonly TableDescription[]> {
  const { rows } =
    database.engine === "sqlite"
      ? await sql<Row>`
          select t.name as "table", c.name as "column", case when t.type = 'table' then 1 - t.wr else 0 end as "rowid"
          from pragma_table_list t join pragma_table_xinfo(t.name) c
          where t.schema = 'main' and t.name not like 'sqlite!_%' escape '!'`.execute(database.db)
      : await sql<Row>`
          select c.relname as "table", a.attname as "column", 0 as "rowid"
          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
            and n.nspname <> 'information_schema' and n.nspname not like 'pg!_%' escape '!'`.execute(
          database.db,
        );
  const tables = new Map<string, { columns: string[]; hasRowid: boolean }>();
  for (const row of rows) {
    const table = tables.get(row.table) ?? { columns: [], hasRowid: row.rowid === 1 };
    table.columns.push(row.column);
    tables.set(row.table, table);
  }
  return [...tables]
    .map(([table, { columns, hasRowid }]) => ({ table, columns: columns.sort(), hasRowid }))
    .sort((a, b) => (a.table < b.table ? -1 : 1));
}

type Row = { table: string; column: string; rowid: number };
