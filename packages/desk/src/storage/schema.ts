/**
 * The tables of the desk, in the board's database. What is readable of a row is its random id, what it belongs to, and a day;
 * `sealed` is as sealed-rows.ts has it. Why each column is there stands in schema-reasons.ts.
 */
import {
  blob,
  type Database,
  type Engine,
  integer,
  type Migration,
  strictTable,
  text,
} from "@undersigned/service";
import type { Kysely, Transaction } from "kysely";
import { type AnsweredTables, answeredMigration } from "./answered-tables.ts";
import { type CareTables, careMigration } from "./care-tables.ts";
import { type ChronicleTable, chronicleMigration } from "./chronicle-table.ts";
import { type ComparisonTable, comparisonMigration } from "./comparison-table.ts";
import { type ContentTables, contentMigration } from "./content-tables.ts";

export interface DeskTables
  extends ContentTables,
    CareTables,
    AnsweredTables,
    ComparisonTable,
    ChronicleTable {
  /** `one` is always 1. `hash`: H("desk-set-up", token). */
  desk_set_up: { one: number; hash: Uint8Array };
  /** Sealed: see model/organisers.ts. */
  desk_organiser: { id: Uint8Array; sealed: Uint8Array };
  /** `hash`: H("desk-invitation", token). Sealed: see model/invitations.ts. */
  desk_invitation: { hash: Uint8Array; sealed: Uint8Array };
  /** `hash`: H("desk-session", public key). `ended`: 1 after signing out, so that an old way in opens it no more. */
  desk_session: { hash: Uint8Array; organiser: Uint8Array; counter: number; ended: number; until: string };
  /** Sealed: see model/passkeys.ts. */
  desk_passkey: { id: Uint8Array; organiser: Uint8Array; sealed: Uint8Array };
  /** The list of acts. Sealed: see model/entries.ts. */
  desk_entry: { n: number; sealed: Uint8Array };
}

export type DeskDatabase = Database<DeskTables>;
export type DeskTrx = Transaction<DeskTables>;
/** A transaction, or single statements. */
export type DeskReader = Kysely<DeskTables>;

export const deskMigrations: readonly Migration[] = [
  { name: "0001-desk", up: createTables },
  contentMigration,
  careMigration,
  answeredMigration,
  comparisonMigration,
  chronicleMigration,
];

async function createTables(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const int = integer(engine);
  const bytes = blob(engine);
  const { schema } = trx;
  await schema
    .createTable("desk_set_up")
    .addColumn("one", int, (c) => c.primaryKey().notNull())
    .addColumn("hash", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_organiser")
    .addColumn("id", bytes, (c) => c.primaryKey().notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_invitation")
    .addColumn("hash", bytes, (c) => c.primaryKey().notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_session")
    .addColumn("hash", bytes, (c) => c.primaryKey().notNull())
    .addColumn("organiser", bytes, (c) => c.notNull())
    .addColumn("counter", int, (c) => c.notNull())
    .addColumn("ended", int, (c) => c.notNull())
    .addColumn("until", text(engine), (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_passkey")
    .addColumn("id", bytes, (c) => c.primaryKey().notNull())
    .addColumn("organiser", bytes, (c) => c.notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_entry")
    .addColumn("n", int, (c) => c.primaryKey().notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
}
