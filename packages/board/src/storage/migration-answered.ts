/** 0003: what becomes of a letter (decision 30). Indexes that were written before say of each letter that nothing has. */
import { encodeCanonical, type JsonObject, parseCanonical } from "@undersigned/core";
import { blob, type Engine, integer, strictTable, text } from "@undersigned/service";
import type { Transaction } from "kysely";
import type { BoardTables } from "./schema.ts";

const MAX_INDEX_BYTES = 16_000_000;

export async function addAnswered(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const int = integer(engine);
  const bytes = blob(engine);
  const { schema } = trx;
  await schema
    .createTable("delivery")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("delivery_pkey", ["letter", "leaf_index"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("record_leaf")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("kind", int, (c) => c.notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .addColumn("demand", text(engine))
    .addColumn("evidence", bytes)
    .addColumn("leaf", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("record_leaf_pkey", ["letter", "leaf_index"])
    .addUniqueConstraint("record_leaf_hash", ["letter", "hash"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("dealing_row")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("id", text(engine), (c) => c.notNull())
    .addPrimaryKeyConstraint("dealing_row_pkey", ["letter", "id"])
    .$call(strictTable(engine))
    .execute();
  await renewIndexes(trx as Transaction<BoardTables>);
}

async function renewIndexes(trx: Transaction<BoardTables>): Promise<void> {
  for (const { number, index_file } of await trx
    .selectFrom("workforce")
    .select(["number", "index_file"])
    .execute()) {
    const index = parseCanonical(index_file, MAX_INDEX_BYTES) as JsonObject;
    const none = { deliveries: [], responses: [], judgements: [], dealings: [] };
    const letters = (index.letters as JsonObject[]).map((row) => ({ ...row, ...none }));
    await trx
      .updateTable("workforce")
      .set({ index_file: encodeCanonical({ ...index, letters }) })
      .where("number", "=", number)
      .execute();
  }
}
