/** What the desk knows of letters that it has published, beside what the log and the board know. */
import { type Base64url, decodeBase64url, deskId, shape } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_letter";

const record = shape.object({
  document: deskId,
  /** Of a letter that is, or was, unlisted. */
  linkKey: shape.nullable(shape.bytes(32)),
});

export type DeskLetter = shape.Infer<typeof record>;

export async function findDeskLetter(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
): Promise<DeskLetter | null> {
  const name = nameOf(desk, letter);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : desk.sealer.open(TABLE, name, row.sealed, record);
}

export async function putDeskLetter(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  { document, linkKey }: DeskLetter,
): Promise<void> {
  const name = nameOf(desk, letter);
  const sealed = desk.sealer.seal(TABLE, name, { document, linkKey });
  await trx
    .insertInto(TABLE)
    .values({ name, sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
}

function nameOf(desk: Desk, letter: Base64url): Uint8Array {
  return desk.sealer.nameOf(TABLE, decodeBase64url(letter, 32));
}
