/** Mails that have become public answers: the same mail again is the same answer, also when its sender's key has left DNS since. */
import { type Base64url, shape, utf8Encode } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_taken";
const record = shape.object({ record: shape.bytes(32) });

/** The record that it became, or null. */
export async function findTaken(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
  mail: Uint8Array,
): Promise<Base64url | null> {
  const name = takenName(desk, letter, mail);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : desk.sealer.open(TABLE, name, row.sealed, record).record;
}

export async function putTaken(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  mail: Uint8Array,
  hash: Base64url,
): Promise<void> {
  const name = takenName(desk, letter, mail);
  const sealed = desk.sealer.seal(TABLE, name, { record: hash });
  await trx
    .insertInto(TABLE)
    .values({ name, sealed })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}

function takenName(desk: Desk, letter: Base64url, mail: Uint8Array): Uint8Array {
  return desk.sealer.nameOf(TABLE, Buffer.concat([utf8Encode(letter), mail]));
}
