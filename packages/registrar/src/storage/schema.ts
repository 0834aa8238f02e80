/**
 * The registrar's tables. Of people: a tag (a keyed hash whose key lies elsewhere) and a MAC, in the order of the tag,
 * until the epoch's keys are destroyed and its tags with them. No address, no network, no time; `schema-reasons.ts` says
 * why each column exists, and a test holds it to that.
 */
import { blob, type Database, integer, type Migration, strictTable, text } from "@undersigned/service";

export interface RegistrarTables {
  epoch: {
    epoch: number;
    manifest: Uint8Array;
    statement: Uint8Array;
    tag_key: Uint8Array;
    epoch_keys: Uint8Array;
  };
  issued: {
    epoch: number;
    class: string;
    evidence: string;
    count: number;
    stated: number;
  };
  /** A row from when the destruction of an epoch's keys began; its leaf once nothing is left. */
  destruction: {
    epoch: number;
    leaf: Uint8Array | null;
  };
  enrolment: {
    epoch: number;
    tag: Uint8Array;
    mac: Uint8Array;
  };
}

export type RegistrarDatabase = Database<RegistrarTables>;

export const registrarMigrations: readonly Migration[] = [
  {
    name: "registrar-1",
    async up(trx, engine) {
      await trx.schema
        .createTable("epoch")
        .addColumn("epoch", integer(engine), (column) => column.primaryKey().notNull())
        .addColumn("manifest", blob(engine), (column) => column.notNull())
        .addColumn("statement", blob(engine), (column) => column.notNull())
        .addColumn("tag_key", blob(engine), (column) => column.notNull())
        .addColumn("epoch_keys", blob(engine), (column) => column.notNull())
        .$call(strictTable(engine))
        .execute();
      await trx.schema
        .createTable("issued")
        .addColumn("epoch", integer(engine), (column) => column.notNull())
        .addColumn("class", text(engine), (column) => column.notNull())
        .addColumn("evidence", text(engine), (column) => column.notNull())
        .addColumn("count", integer(engine), (column) => column.notNull())
        .addColumn("stated", integer(engine), (column) => column.notNull())
        .addPrimaryKeyConstraint("issued_key", ["epoch", "evidence"])
        .$call(strictTable(engine))
        .execute();
      await trx.schema
        .createTable("destruction")
        .addColumn("epoch", integer(engine), (column) => column.primaryKey().notNull())
        .addColumn("leaf", blob(engine))
        .$call(strictTable(engine))
        .execute();
      await trx.schema
        .createTable("enrolment")
        .addColumn("epoch", integer(engine), (column) => column.notNull())
        .addColumn("tag", blob(engine), (column) => column.notNull())
        .addColumn("mac", blob(engine), (column) => column.notNull())
        .addPrimaryKeyConstraint("enrolment_pkey", ["epoch", "tag"])
        .$call(strictTable(engine))
        .execute();
    },
  },
];
