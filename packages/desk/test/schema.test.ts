/** The desk's tables: each column has a reason, and a board of before the desk goes on. */
import { schemaReasons } from "@undersigned/board";
import { describeSchema } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { expect, it } from "vitest";
import { deskSchemaReasons } from "../src/index.ts";
import { Desks } from "./kit.ts";

eachDatabase("the schema of a board with a desk", (database) => {
  it("has a reason for each table and column, none for what is not there, and no hidden order", async () => {
    const desks = await Desks.start(await database.freshUrl());
    const tables = await describeSchema(desks.desk.database);
    const reasons = Object.entries({ ...schemaReasons, ...deskSchemaReasons });
    expect(Object.fromEntries(tables.map(({ table, columns }) => [table, columns]))).toEqual(
      Object.fromEntries(reasons.map(([table, columns]) => [table, Object.keys(columns).sort()])),
    );
    for (const reason of reasons.flatMap(([, columns]) => Object.values(columns))) {
      expect(reason).toMatch(/^[A-Z0-9].{15,}\.$/);
    }
    expect(tables.filter(({ hasRowid }) => hasRowid)).toEqual([]);
  });
});
