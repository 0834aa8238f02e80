/**
 * The databases of board and registrars. Embedded SQLite in the data folder, or PostgreSQL: the board in the database that
 * was named, each registrar in one of its own beside it, since no two of them may share one.
 */
import pg from "pg";
import type { CleanUp } from "../clean-up.ts";
import { DemoError } from "../demo-error.ts";

export type Databases = {
  /** Null, as for the next: SQLite in the server's own folder. */
  readonly boardUrl: string | null;
  /** One for each registrar. */
  readonly registrarUrls: readonly (string | null)[];
  readonly engine: "SQLite" | "PostgreSQL" | "PostgreSQL for the board, SQLite for registrars";
};

/**
 * On PostgreSQL throws `database-not-empty` unless the named database has no table yet, and what the server says if it
 * cannot be reached. With `temporary` what was made is removed at the end: the keys that belong to it are gone then.
 */
export async function openDatabases(
  url: string | null,
  registrars: number,
  temporary: boolean,
  cleanUp: CleanUp,
): Promise<Databases> {
  if (url === null) {
    return { boardUrl: null, registrarUrls: Array(registrars).fill(null), engine: "SQLite" };
  }
  await requireEmpty(url);
  if (temporary) cleanUp.add(() => dropTables(url));
  const registrarUrls: (string | null)[] = [];
  for (let number = 1; number <= registrars; number++) {
    const beside = await createBeside(url, number === 1 ? "registrar" : `registrar_${number}`);
    if (temporary && beside !== null) cleanUp.add(() => dropDatabase(url, beside));
    registrarUrls.push(beside);
  }
  const engine = registrarUrls.includes(null)
    ? "PostgreSQL for the board, SQLite for registrars"
    : "PostgreSQL";
  return { boardUrl: url, registrarUrls, engine };
}

async function connected<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url, application_name: "undersigned-demo" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const TABLES = "select tablename from pg_tables where schemaname = current_schema()";

async function requireEmpty(url: string): Promise<void> {
  const { rowCount } = await connected(url, (client) => client.query(TABLES));
  if (rowCount !== 0) {
    throw new DemoError(
      "database-not-empty",
      "The database given with --database has tables in it. Give a new, empty one.",
    );
  }
}

/** The schema was empty when the demo began, so all of its tables are the demo's. */
async function dropTables(url: string): Promise<void> {
  await connected(url, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(TABLES);
    if (rows.length === 0) return;
    await client.query(
      `drop table ${rows.map((row) => client.escapeIdentifier(row.tablename)).join(", ")} cascade`,
    );
  });
}

/** A new database `<name>_<suffix>` on the same server, or null where this user may not make one or it is there already. */
async function createBeside(url: string, suffix: string): Promise<string | null> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ name: string }>("select current_database() as name");
    const name = `${rows[0]?.name}_${suffix}`;
    try {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    } catch (error) {
      // Insufficient privilege; duplicate database.
      if (["42501", "42P04"].includes(String((error as { code?: unknown }).code))) return null;
      throw error;
    }
    const beside = new URL(url);
    beside.pathname = `/${encodeURIComponent(name)}`;
    return beside.href;
  });
}

async function dropDatabase(url: string, which: string): Promise<void> {
  const name = decodeURIComponent(new URL(which).pathname.slice(1));
  await connected(url, (client) => client.query(`drop database if exists ${client.escapeIdentifier(name)}`));
}
