/**
 * Keys that manifests name and that have no say here any more. A workforce's openers and a letter's organisers stand in what is
 * frozen; whoever is removed from the desk, or is made something less than an owner, keeps their key and could go round the desk
 * to the board's own addresses.
 */
import { type Base64url, decodeBase64url } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { readOrganisers } from "./organisers.ts";

const TABLE = "desk_removed";

const nameOf = (desk: Desk, key: Base64url) => desk.sealer.nameOf(TABLE, decodeBase64url(key, 32));

export async function rememberRemoved(desk: Desk, trx: DeskTrx, key: Base64url): Promise<void> {
  await trx
    .insertInto(TABLE)
    .values({ name: nameOf(desk, key) })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}

/** Somebody who was invited again. */
export async function forgetRemoved(desk: Desk, trx: DeskTrx, key: Base64url): Promise<void> {
  await trx.deleteFrom(TABLE).where("name", "=", nameOf(desk, key)).execute();
}

/** For the board: whether it takes nothing that is signed by the key. One that was never at this desk is no affair of ours. */
export async function isRefusedKey(desk: Desk, db: DeskReader, key: Base64url): Promise<boolean> {
  const organiser = (await readOrganisers(desk, db)).find((one) => one.key === key);
  if (organiser !== undefined) return organiser.role !== "owner";
  const name = nameOf(desk, key);
  return (
    (await db.selectFrom(TABLE).select("name").where("name", "=", name).executeTakeFirst()) !== undefined
  );
}
