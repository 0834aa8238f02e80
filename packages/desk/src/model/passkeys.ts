/** Passkeys of organisers. The id is a keyed hash of the credential's, so that one is found without being readable. */
import { type Base64url, decodeBase64url, shape } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { idBytes, idText } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_passkey";
const MAX_PASSKEYS = 10;

const record = shape.object({
  /** As the authenticator gave it, base64url. */
  credential: shape.bytesUpTo(1023),
  /** COSE_Key, base64url. */
  publicKey: shape.bytesUpTo(1024),
  counter: shape.integer(),
  /** The origin at which it was made, and is good: `https://board.example.org`. */
  origin: shape.text(1, 300),
  name: shape.text(1, 40),
  since: shape.day,
});
type Kept = shape.Infer<typeof record>;

export interface Passkey extends Kept {
  readonly id: Uint8Array;
  readonly organiser: Base64url;
}

export function passkeyId(desk: Desk, credential: Base64url): Uint8Array {
  return desk.sealer.nameOf("passkey", Buffer.from(credential, "base64url")).subarray(0, 16);
}

/** In the order of their ids, which tells nothing. */
export async function passkeysOf(desk: Desk, db: DeskReader, organiser: Base64url): Promise<Passkey[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where("organiser", "=", idBytes(organiser))
    .orderBy("id")
    .execute();
  return rows.map((row) => opened(desk, row));
}

export async function findPasskey(
  desk: Desk,
  db: DeskReader,
  credential: Base64url,
): Promise<Passkey | null> {
  const id = passkeyId(desk, credential);
  const row = await db.selectFrom(TABLE).selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : opened(desk, row);
}

/** Throws `too-many`. The caller has seen that it is not there. */
export async function addPasskey(desk: Desk, trx: DeskTrx, passkey: Passkey): Promise<void> {
  if ((await passkeysOf(desk, trx, passkey.organiser)).length >= MAX_PASSKEYS) {
    throw new DeskError("too-many", `You have ${MAX_PASSKEYS} passkeys: remove one first.`);
  }
  const { id, organiser } = passkey;
  await trx
    .insertInto(TABLE)
    .values({ id, organiser: idBytes(organiser), sealed: sealed(desk, passkey) })
    .execute();
}

export async function changePasskey(desk: Desk, trx: DeskTrx, passkey: Passkey): Promise<void> {
  await trx
    .updateTable(TABLE)
    .set({ sealed: sealed(desk, passkey) })
    .where("id", "=", passkey.id)
    .execute();
}

/** Of this organiser only. The name of what was there, or null. */
export async function deletePasskey(
  desk: Desk,
  trx: DeskTrx,
  organiser: Base64url,
  id: Base64url,
): Promise<string | null> {
  const at = decodeBase64url(id, 16);
  const found = (await passkeysOf(desk, trx, organiser)).find((passkey) => idText(passkey.id) === id);
  if (found === undefined) return null;
  await trx.deleteFrom(TABLE).where("id", "=", at).execute();
  return found.name;
}

function sealed(
  desk: Desk,
  { id, credential, publicKey, counter, origin, name, since }: Passkey,
): Uint8Array {
  return desk.sealer.seal(TABLE, id, { credential, publicKey, counter, origin, name, since });
}

function opened(desk: Desk, row: { id: Uint8Array; organiser: Uint8Array; sealed: Uint8Array }): Passkey {
  return {
    id: row.id,
    organiser: idText(row.organiser),
    ...desk.sealer.open(TABLE, row.id, row.sealed, record),
  };
}
