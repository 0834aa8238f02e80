/** Runs the same tests on both engines. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Database, Engine } from "../database/database.ts";
import { type DatabaseOptions, openDatabase } from "../database/open-database.ts";
import { startPostgres, type TestPostgres } from "./postgres.ts";

export type DatabaseUnderTest = {
  readonly engine: Engine;
  /** The URL of a new, empty database: for tests that open it more than once, or from another process. */
  freshUrl(): Promise<string>;
  /** Opens a database, a fresh one if no `url` is given, and closes it after the test. SQLite is exclusive unless said otherwise. */
  open<T>(options?: Partial<DatabaseOptions>): Promise<Database<T>>;
};

/** A `describe` block for each engine. The PostgreSQL server starts with the first test of its block and ends with the last. */
export function eachDatabase(name: string, tests: (database: DatabaseUnderTest) => void): void {
  describe.each(["sqlite", "postgres"] as const)(`${name} on %s`, (engine) => {
    let postgres: TestPostgres | undefined;
    let folder: string | undefined;
    let opened: Database<unknown>[] = [];
    let count = 0;

    beforeAll(async () => {
      if (engine === "postgres") postgres = await startPostgres();
      else folder = await mkdtemp(join(tmpdir(), "undersigned-sqlite-"));
    });
    afterEach(async () => {
      const databases = opened;
      opened = [];
      for (const database of databases) await database.close();
    });
    afterAll(async () => {
      await postgres?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    });

    async function freshUrl(): Promise<string> {
      if (postgres !== undefined) return await postgres.createDatabase();
      count += 1;
      return `sqlite:${join(folder!, `${count}.sqlite`)}`;
    }

    tests({
      engine,
      freshUrl,
      async open<T>(options: Partial<DatabaseOptions> = {}) {
        const url = options.url ?? (await freshUrl());
        const database = await openDatabase<T>({ exclusive: true, ...options, url });
        opened.push(database as unknown as Database<unknown>);
        return database;
      },
    });
  });
}
