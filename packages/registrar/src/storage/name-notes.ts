/** Notes of an operator that a mailbox's owner bears a name: keyed hashes, until the epoch's keys are destroyed. */
import { createOrderEraser } from "@undersigned/service";
import { MAX_REWRITTEN_BYTES } from "./enrolment-writer.ts";
import type { RegistrarDatabase } from "./schema.ts";

/** Durable on return. A second time changes nothing. */
export async function addNote(database: RegistrarDatabase, epoch: number, note: Uint8Array): Promise<void> {
  await database.db
    .insertInto("name_note")
    .values({ epoch, note })
    .onConflict((conflict) => conflict.columns(["epoch", "note"]).doNothing())
    .execute();
  const order = createOrderEraser(database, { maxBytes: MAX_REWRITTEN_BYTES });
  order.written();
  await order.close();
}

export async function hasNote(
  database: RegistrarDatabase,
  epoch: number,
  note: Uint8Array,
): Promise<boolean> {
  const row = await database.db
    .selectFrom("name_note")
    .select("epoch")
    .where("epoch", "=", epoch)
    .where("note", "=", note)
    .executeTakeFirst();
  return row !== undefined;
}
