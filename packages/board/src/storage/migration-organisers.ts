/** 0002: unlisted letters, early closings and hidden openings (decisions 17 to 19). Indexes that were written before say of each letter that nothing has moved its last day. */
import { encodeCanonical, type JsonObject, parseCanonical } from "@undersigned/core";
import { blob, type Engine, integer, strictTable, text } from "@undersigned/service";
import type { Transaction } from "kysely";
import type { BoardTables } from "./schema.ts";

const MAX_INDEX_BYTES = 16_000_000;

export async function addOrganisers(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const int = integer(engine);
  const bytes = blob(engine);
  const { schema } = trx;
  await schema
    .createTable("hidden_opening")
    .addColumn("letter", int, (c) => c.notNull())
    .addColumn("ordinal", int, (c) => c.notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("reason", text(engine), (c) => c.notNull())
    .addColumn("day", text(engine), (c) => c.notNull())
    .addColumn("bytes", bytes)
    .addPrimaryKeyConstraint("hidden_opening_pkey", ["letter", "ordinal"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("unlisted_letter")
    .addColumn("letter", int, (c) => c.primaryKey().notNull())
    .addColumn("file", bytes, (c) => c.notNull())
    .addColumn("text", bytes)
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("early_closing")
    .addColumn("letter", int, (c) => c.primaryKey().notNull())
    .addColumn("leaf_index", int, (c) => c.notNull())
    .addColumn("leaf", bytes, (c) => c.notNull())
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
    const letters = (index.letters as JsonObject[]).map((row) => ({ ...row, earlyClosing: null }));
    await trx
      .updateTable("workforce")
      .set({ index_file: encodeCanonical({ ...index, letters }) })
      .where("number", "=", number)
      .execute();
  }
}
