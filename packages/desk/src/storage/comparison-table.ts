/** What comparisons of captured copies with their links have said: sealed. */
import { blob, type Engine, type Migration, strictTable } from "@undersigned/service";
import type { Transaction } from "kysely";

export interface ComparisonTable {
  /** `name`: keyed hash of the copy's hash. Sealed: see model/comparisons.ts. */
  desk_comparison: { name: Uint8Array; sealed: Uint8Array };
}

export const comparisonMigration: Migration = { name: "0005-comparisons", up: createTable };

async function createTable(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable("desk_comparison")
    .addColumn("name", blob(engine), (c) => c.primaryKey().notNull())
    .addColumn("sealed", blob(engine), (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
}

/** For schema-reasons.ts. */
export const comparisonReasons = {
  desk_comparison: {
    name: "Keyed hash of the copy's own hash, which finds its last comparison.",
    sealed: "The link that was visited, the day, and what the comparison said.",
  },
} as const;
