/** The token of the set-up link: whoever has it becomes the first owner. Only its hash is stored. */
import { type Base64url, decodeBase64url, domainHash, encodeBase64url, randomBytes } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskTrx } from "../storage/schema.ts";

/** A fresh token, which makes earlier ones void; null, and none is left, where there are organisers. */
export async function renewSetUpToken(desk: Desk): Promise<Base64url | null> {
  const token = randomBytes(32);
  const ready = await desk.database.transaction(async (trx) => {
    await trx.deleteFrom("desk_set_up").execute();
    if (await isSetUp(trx)) return true;
    await trx
      .insertInto("desk_set_up")
      .values({ one: 1, hash: hashOf(token) })
      .execute();
    return false;
  });
  return ready ? null : encodeBase64url(token);
}

export async function isSetUp(db: Pick<DeskTrx, "selectFrom">): Promise<boolean> {
  return (await db.selectFrom("desk_organiser").select("id").limit(1).executeTakeFirst()) !== undefined;
}

/** Uses the token up. Throws `set-up-over` for one that is unknown, used or void, and where there are organisers. */
export async function takeSetUpToken(trx: DeskTrx, token: Base64url): Promise<void> {
  const hash = hashOf(decodeBase64url(token, 32));
  const row = await trx.selectFrom("desk_set_up").select("one").where("hash", "=", hash).executeTakeFirst();
  if (row === undefined || (await isSetUp(trx))) {
    throw new DeskError(
      "set-up-over",
      "This link was used, or a newer one was made: ask whoever runs the board, or an organiser for an invitation.",
    );
  }
  await trx.deleteFrom("desk_set_up").execute();
}

function hashOf(token: Uint8Array): Uint8Array {
  return domainHash("desk-set-up", token);
}
