/** 0005: the chronicle (decision 32). Indexes that were written before say of each letter that it has none. */
import { encodeCanonical, type JsonObject, parseCanonical } from "@undersigned/core";
import { type Engine, text } from "@undersigned/service";
import type { Transaction } from "kysely";
import type { BoardTables } from "./schema.ts";

const MAX_INDEX_BYTES = 16_000_000;

export async function addChronicle(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema.alterTable("record_leaf").addColumn("language", text(engine)).execute();
  await renewIndexes(trx as Transaction<BoardTables>);
}

async function renewIndexes(trx: Transaction<BoardTables>): Promise<void> {
  for (const { number, index_file } of await trx
    .selectFrom("workforce")
    .select(["number", "index_file"])
    .execute()) {
    const index = parseCanonical(index_file, MAX_INDEX_BYTES) as JsonObject;
    const letters = (index.letters as JsonObject[]).map((row) => ({ ...row, chronicle: [] }));
    await trx
      .updateTable("workforce")
      .set({ index_file: encodeCanonical({ ...index, letters }) })
      .where("number", "=", number)
      .execute();
  }
}
