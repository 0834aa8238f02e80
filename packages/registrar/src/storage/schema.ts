/**
 * The registrar's tables. Of people: a tag (a keyed hash whose key lies elsewhere) and a MAC, in the order of the tag, and
 * keyed hashes of mails that were used and of names that were noted, until the epoch's keys are destroyed and all these with
 * them. No address, no network, no time; `schema-reasons.ts` says why each column exists, and a test holds it to that.
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
  spent_mail: {
    epoch: number;
    mail: Uint8Array;
  };
  mail_key: {
    epoch: number;
    name: string;
    record: string;
  };
  name_note: {
    epoch: number;
    note: Uint8Array;
  };
}

/** Tables whose rows of an epoch are destroyed with its keys, each with all its columns. */
export const EPOCH_TABLES = {
  enrolment: ["epoch", "tag", "mac"],
  spent_mail: ["epoch", "mail"],
  mail_key: ["epoch", "name", "record"],
  name_note: ["epoch", "note"],
} as const;

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
      await trx.schema
        .createTable("spent_mail")
        .addColumn("epoch", integer(engine), (column) => column.notNull())
        .addColumn("mail", blob(engine), (column) => column.notNull())
        .addPrimaryKeyConstraint("spent_mail_pkey", ["epoch", "mail"])
        .$call(strictTable(engine))
        .execute();
      await trx.schema
        .createTable("mail_key")
        .addColumn("epoch", integer(engine), (column) => column.notNull())
        .addColumn("name", text(engine), (column) => column.notNull())
        .addColumn("record", text(engine), (column) => column.notNull())
        .addPrimaryKeyConstraint("mail_key_pkey", ["epoch", "name", "record"])
        .$call(strictTable(engine))
        .execute();
      await trx.schema
        .createTable("name_note")
        .addColumn("epoch", integer(engine), (column) => column.notNull())
        .addColumn("note", blob(engine), (column) => column.notNull())
        .addPrimaryKeyConstraint("name_note_pkey", ["epoch", "note"])
        .$call(strictTable(engine))
        .execute();
    },
  },
];
