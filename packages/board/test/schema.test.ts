/** The tables: nothing is kept without a reason, and nothing tells of time or order. */
import { describeSchema } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { expect, it } from "vitest";
import { schemaReasons } from "../src/index.ts";
import { migrations } from "../src/storage/schema.ts";
import { Kit } from "./kit.ts";

eachDatabase("the schema", (database) => {
  it("has a reason for each table and column, and none for anything that is not there", async () => {
    const tables = await describeSchema(await database.open({ migrations }));
    const there = Object.fromEntries(tables.map(({ table, columns }) => [table, columns]));
    const reasons = Object.fromEntries(
      Object.entries(schemaReasons).map(([table, columns]) => [table, Object.keys(columns).sort()]),
    );
    expect(reasons).toEqual(there);
    for (const columns of Object.values(schemaReasons)) {
      for (const reason of Object.values(columns)) expect(reason).toMatch(/^[A-Z0-9].{15,}\.$/);
    }
  });

  it("keeps no hidden order of arrival", async () => {
    const tables = await describeSchema(await database.open({ migrations }));
    expect(tables.filter(({ hasRowid }) => hasRowid)).toEqual([]);
  });

  it("holds the pool in the order of leaf hashes, and one row a key, whatever came first", async () => {
    const kit = await Kit.start({ databaseUrl: await database.freshUrl() });
    const letter = await kit.publish();
    for (let i = 0; i < 20; i++) await kit.endorsed(letter, 1);
    const { db } = kit.board.internals.database;
    const rows = await db.selectFrom("pool").select("hash").execute();
    const hashes = rows.map(({ hash }) => Buffer.from(hash).toString("hex"));
    expect(hashes).toHaveLength(20);
    if (database.engine === "sqlite") expect(hashes).toEqual(hashes.toSorted());
    expect(await kit.rows("signatory")).toBe(20);
  });
});
