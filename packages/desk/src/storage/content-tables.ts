/** Tables of what organisers write and of what became of it. As all of the desk's: ids and names say nothing, the rest is sealed. */
import { blob, type Engine, integer, type Migration, strictTable } from "@undersigned/service";
import type { Transaction } from "kysely";

export interface ContentTables {
  /** Sealed: see model/documents.ts. */
  desk_document: { id: Uint8Array; sealed: Uint8Array };
  /** `name`: keyed hash of document and field. Sealed: see model/fields.ts. */
  desk_field: { document: Uint8Array; name: Uint8Array; sealed: Uint8Array };
  /** Sealed: see model/frozen.ts. */
  desk_frozen: { document: Uint8Array; sealed: Uint8Array };
  /** `name`: keyed hash of the copy's hash. `size`: of the sealed bytes. Sealed: see model/copies.ts. */
  desk_copy: { name: Uint8Array; size: number; sealed: Uint8Array };
  /** `name`: keyed hash of the letter's id. Sealed: see model/desk-letters.ts. */
  desk_letter: { name: Uint8Array; sealed: Uint8Array };
  /** `name`: keyed hash of the letter's id. Sealed: see model/closings.ts. */
  desk_closing: { name: Uint8Array; sealed: Uint8Array };
}

export const contentMigration: Migration = { name: "0002-content", up: createTables };

async function createTables(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const bytes = blob(engine);
  const { schema } = trx;
  await schema
    .createTable("desk_document")
    .addColumn("id", bytes, (c) => c.primaryKey().notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_field")
    .addColumn("document", bytes, (c) => c.notNull())
    .addColumn("name", bytes, (c) => c.notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("desk_field_key", ["document", "name"])
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_frozen")
    .addColumn("document", bytes, (c) => c.primaryKey().notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_copy")
    .addColumn("name", bytes, (c) => c.primaryKey().notNull())
    .addColumn("size", integer(engine), (c) => c.notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  for (const table of ["desk_letter", "desk_closing"] as const) {
    await schema
      .createTable(table)
      .addColumn("name", bytes, (c) => c.primaryKey().notNull())
      .addColumn("sealed", bytes, (c) => c.notNull())
      .$call(strictTable(engine))
      .execute();
  }
}

/** For schema-reasons.ts. */
export const contentReasons = {
  desk_document: {
    id: "Random name of the document in the other tables and in requests.",
    sealed: "Kind, state, title, day, and what it became.",
  },
  desk_field: {
    document: "Which document it is a field of, so that all of them are found and go together.",
    name: "Keyed hash of the field's name, which finds it: how many fields there are can be seen, and not which.",
    sealed: "Name, value, version, who wrote it, and the day.",
  },
  desk_frozen: {
    document: "Which document was frozen.",
    sealed: "The manifest that registrars sign, and the signatures that were brought.",
  },
  desk_copy: {
    name: "Keyed hash of the copy's own hash, which finds it and which nobody can compare with a file.",
    size: "Bytes that the copy takes, so that the room that copies take is counted without opening them.",
    sealed: "The bytes of the copy, and of what type they are.",
  },
  desk_letter: {
    name: "Keyed hash of the letter's id.",
    sealed: "The document that it was, and the key of an unlisted letter's link.",
  },
  desk_closing: {
    name: "Keyed hash of the letter's id.",
    sealed: "The day that an owner proposes for closing early, and the signature.",
  },
} as const;
