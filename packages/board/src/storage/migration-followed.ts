/** 0004: workforces of other boards that this one follows (decision 33). */
import { blob, type Engine, strictTable, text } from "@undersigned/service";
import type { Transaction } from "kysely";

export async function addFollowed(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const bytes = blob(engine);
  await trx.schema
    .createTable("followed")
    .addColumn("workforce", bytes, (c) => c.primaryKey().notNull())
    .addColumn("url", text(engine), (c) => c.notNull())
    .addColumn("verified", bytes)
    .addColumn("checkpoint", bytes)
    .addColumn("problem", text(engine))
    .addColumn("problem_day", text(engine))
    .$call(strictTable(engine))
    .execute();
}
