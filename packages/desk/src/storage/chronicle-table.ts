/** Entries of the chronicle that one owner has proposed: sealed until a second one agrees and the log says them to everybody. */
import { blob, type Engine, type Migration, strictTable } from "@undersigned/service";
import type { Transaction } from "kysely";

export interface ChronicleTable {
  /** `name`: keyed hash of letter and record; `letter`: of the letter's id. Sealed: see model/proposed-entries.ts. */
  desk_chronicle: { name: Uint8Array; letter: Uint8Array; sealed: Uint8Array };
}

export const chronicleMigration: Migration = { name: "0006-chronicle", up: createTable };

async function createTable(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable("desk_chronicle")
    .addColumn("name", blob(engine), (c) => c.primaryKey().notNull())
    .addColumn("letter", blob(engine), (c) => c.notNull())
    .addColumn("sealed", blob(engine), (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
}

/** For schema-reasons.ts. */
export const chronicleReasons = {
  desk_chronicle: {
    name: "Keyed hash of letter and record: the same proposal again is one.",
    letter: "Keyed hash of the letter's id, so that a letter's proposals are found and counted.",
    sealed: "The entry that an owner proposes, and the signature; without the entry once it is in the log.",
  },
} as const;
