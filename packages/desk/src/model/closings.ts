/** Early closings that one owner has proposed. Sealed until a second one agrees and the log says it to everybody. */
import {
  type Base64url,
  decodeBase64url,
  deskId,
  organiserAlias,
  publicKey,
  shape,
  signature64,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_closing";

const record = shape.object({
  closes: shape.day,
  /** Two once it is in the log. */
  by: shape.list(shape.object({ id: deskId, alias: organiserAlias, key: publicKey, sig: signature64 }), 1, 2),
});

export type Closing = shape.Infer<typeof record>;

export async function findClosing(desk: Desk, db: DeskReader, letter: Base64url): Promise<Closing | null> {
  const name = nameOf(desk, letter);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : desk.sealer.open(TABLE, name, row.sealed, record);
}

export async function putClosing(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  closing: Closing,
): Promise<void> {
  const name = nameOf(desk, letter);
  const { closes, by } = closing;
  const sealed = desk.sealer.seal(TABLE, name, {
    closes,
    by: by.map(({ id, alias, key, sig }) => ({ id, alias, key, sig })),
  });
  await trx
    .insertInto(TABLE)
    .values({ name, sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
}

export async function deleteClosing(desk: Desk, trx: DeskTrx, letter: Base64url): Promise<void> {
  await trx.deleteFrom(TABLE).where("name", "=", nameOf(desk, letter)).execute();
}

function nameOf(desk: Desk, letter: Base64url): Uint8Array {
  return desk.sealer.nameOf(TABLE, decodeBase64url(letter, 32));
}
