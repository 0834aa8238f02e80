/** Nothing is stored without a reason, and nothing in an order that tells who came when. */
import { describeSchema } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { expect, it } from "vitest";
import { schemaReasons } from "../src/index.ts";
import { type RegistrarTables, registrarMigrations } from "../src/storage/schema.ts";

eachDatabase("the registrar's schema", (under) => {
  it("has a reason for each column and no column without one", async () => {
    const database = await under.open<RegistrarTables>({ migrations: registrarMigrations });
    const tables = await describeSchema(database);
    const columns = tables.flatMap(({ table, columns: names }) => names.map((name) => `${table}.${name}`));
    expect(columns.sort()).toEqual(Object.keys(schemaReasons).sort());
    for (const reason of Object.values(schemaReasons)) expect(reason).toMatch(/^[A-Z].{10,}\.$/);
  });

  it("keeps no hidden order of arrival on SQLite", async () => {
    const database = await under.open<RegistrarTables>({ migrations: registrarMigrations });
    for (const table of await describeSchema(database)) expect(table.hasRowid).toBe(false);
  });
});
