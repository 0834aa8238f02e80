/**
 * Tables of a letter's further life: what was prepared for handing over, answers that are not verified, judgements that one
 * organiser has proposed. As all of the desk's: names and ids say nothing, the rest is sealed.
 */
import { blob, type Engine, integer, type Migration, strictTable } from "@undersigned/service";
import type { Transaction } from "kysely";

export interface AnsweredTables {
  /** `name`: keyed hash of the letter's answer address. Sealed: see model/deliveries.ts. */
  desk_delivery: { name: Uint8Array; sealed: Uint8Array };
  /** `name` as above. Both are files, sealed: see model/prepared.ts. */
  desk_prepared: { name: Uint8Array; document: Uint8Array; bundle: Uint8Array | null };
  /** `id`: of a keyed hash of the mail. `letter`: keyed hash of the letter's id. `size`: of the sealed bytes. Sealed: see model/unverified.ts. */
  desk_answer: { id: Uint8Array; letter: Uint8Array; size: number; sealed: Uint8Array };
  /** `name`: keyed hash of a mail that is a public answer. Sealed: see model/taken.ts. */
  desk_taken: { name: Uint8Array; sealed: Uint8Array };
  /** `name`: keyed hash of letter and demand; `letter`: of the letter's id. Sealed: see model/judgements.ts. */
  desk_judgement: { name: Uint8Array; letter: Uint8Array; sealed: Uint8Array };
}

export const answeredMigration: Migration = { name: "0004-answered", up: createTables };

async function createTables(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  const bytes = blob(engine);
  const { schema } = trx;
  for (const table of ["desk_delivery", "desk_taken"] as const) {
    await schema
      .createTable(table)
      .addColumn("name", bytes, (c) => c.primaryKey().notNull())
      .addColumn("sealed", bytes, (c) => c.notNull())
      .$call(strictTable(engine))
      .execute();
  }
  await schema
    .createTable("desk_prepared")
    .addColumn("name", bytes, (c) => c.primaryKey().notNull())
    .addColumn("document", bytes, (c) => c.notNull())
    .addColumn("bundle", bytes)
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_answer")
    .addColumn("id", bytes, (c) => c.primaryKey().notNull())
    .addColumn("letter", bytes, (c) => c.notNull())
    .addColumn("size", integer(engine), (c) => c.notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
  await schema
    .createTable("desk_judgement")
    .addColumn("name", bytes, (c) => c.primaryKey().notNull())
    .addColumn("letter", bytes, (c) => c.notNull())
    .addColumn("sealed", bytes, (c) => c.notNull())
    .$call(strictTable(engine))
    .execute();
}

/** For schema-reasons.ts. */
export const answeredReasons = {
  desk_delivery: {
    name: "Keyed hash of the address to which the letter is answered: mail that arrives there finds its letter.",
    sealed: "The mark that answers must bear, what was prepared, and how a delivery by mail stands.",
  },
  desk_prepared: {
    name: "Which letter it was prepared of.",
    document: "The PDF to be handed over, sealed until it is logged.",
    bundle: "The bundle to be handed over with it, sealed; null where it is too large for a mail.",
  },
  desk_answer: {
    id: "Keyed hash of the mail, cut short: the same mail again is one answer, and the order says nothing.",
    letter: "Keyed hash of the letter's id, so that a letter's answers are found and counted.",
    size: "Bytes that the row takes, so that the room for such answers is counted without opening them.",
    sealed:
      "Reason, day, subject and text of a mail that does not count, for organisers to see; not who sent it.",
  },
  desk_taken: {
    name: "Keyed hash of a mail that was published, so that the same mail again is the same answer.",
    sealed: "The record that it became.",
  },
  desk_judgement: {
    name: "Keyed hash of letter and demand: one proposal for each.",
    letter: "Keyed hash of the letter's id, so that a letter's proposals are found.",
    sealed: "The judgement that an owner proposes, and the signature.",
  },
} as const;
