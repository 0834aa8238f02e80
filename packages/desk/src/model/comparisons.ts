/** What the last comparison of each copy has said, sealed; in a row of its own, since a copy's has some megabytes. */
import { type Base64url, type Comparison, comparison, decodeBase64url } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_comparison";

/** Takes the place of an earlier one. */
export async function putComparison(
  desk: Desk,
  trx: DeskTrx,
  copy: Base64url,
  value: Comparison,
): Promise<void> {
  const name = nameOf(desk, copy);
  const sealed = desk.sealer.seal(TABLE, name, value);
  await trx.deleteFrom(TABLE).where("name", "=", name).execute();
  await trx.insertInto(TABLE).values({ name, sealed }).execute();
}

export async function findComparison(
  desk: Desk,
  db: DeskReader,
  copy: Base64url,
): Promise<Comparison | null> {
  const name = nameOf(desk, copy);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : desk.sealer.open(TABLE, name, row.sealed, comparison);
}

function nameOf(desk: Desk, copy: Base64url): Uint8Array {
  return desk.sealer.nameOf(TABLE, decodeBase64url(copy, 32));
}
