/** What organisers keep to look after names: sealed, one row. */
import { blob, type Engine, integer, type Migration, strictTable } from "@undersigned/service";
import type { Transaction } from "kysely";

export interface CareTables {
  /** `one` is always 1. Sealed: see model/moderation-lists.ts. */
  desk_moderation: { one: number; sealed: Uint8Array };
  /** `name`: keyed hash of an organiser's key. */
  desk_removed: { name: Uint8Array };
}

export const careMigration: Migration = { name: "0003-care", up: createTables };

async function createTables(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable("desk_moderation")
    .addColumn("one", integer(engine), (c) => c.primaryKey().notNull())
    .addColumn("sealed", blob(engine), (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await trx.schema
    .createTable("desk_removed")
    .addColumn("name", blob(engine), (c) => c.primaryKey().notNull())
    .$call(strictTable(engine))
    .execute();
}

/** For schema-reasons.ts. */
export const careReasons = {
  desk_moderation: {
    one: "Makes the table hold one row at most.",
    sealed: "Names and words that make a signatory's name wait for a look, and how often they were changed.",
  },
  desk_removed: {
    name: "Recognises the key of an organiser who was removed, which manifests go on naming: the board takes nothing new by it.",
  },
} as const;
