/** Invitations of co-organisers: good once, for seven days, for one role. */
import {
  addDays,
  type Base64url,
  type Day,
  decodeBase64url,
  deskId,
  domainHash,
  encodeBase64url,
  organiserAlias,
  organiserRole,
  randomBytes,
  shape,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_invitation";
const DAYS = 7;
const MAX_OPEN = 64;

/** `id` is the page's; `token` is what is handed over. */
const record = shape.object({
  id: deskId,
  role: organiserRole,
  by: organiserAlias,
  until: shape.day,
  token: shape.bytes(32),
});

export type Invitation = shape.Infer<typeof record>;

/** Those that can still be used. */
export async function openInvitations(desk: Desk, db: DeskReader): Promise<Invitation[]> {
  const today = desk.clock.day();
  return (await readAll(desk, db)).filter(({ until }) => until >= today);
}

/** The same id again gives the same invitation, while it is open. Throws `too-many`. */
export async function addInvitation(
  desk: Desk,
  trx: DeskTrx,
  wanted: Pick<Invitation, "id" | "role" | "by">,
): Promise<Invitation> {
  await deleteWhere(desk, trx, ({ until }) => until < desk.clock.day());
  const open = await openInvitations(desk, trx);
  const known = open.find(({ id, role }) => id === wanted.id && role === wanted.role);
  if (known !== undefined) return known;
  if (open.length >= MAX_OPEN)
    throw new DeskError("too-many", "Too many invitations are open: revoke some first.");
  const until: Day = addDays(desk.clock.day(), DAYS);
  const invitation = { ...wanted, until, token: encodeBase64url(randomBytes(32)) };
  const hash = hashOf(invitation.token);
  await trx
    .insertInto(TABLE)
    .values({ hash, sealed: desk.sealer.seal(TABLE, hash, invitation) })
    .execute();
  return invitation;
}

/** Uses the invitation up. Throws `invitation-over` for a token that is unknown, used, revoked or too late, all alike. */
export async function takeInvitation(desk: Desk, trx: DeskTrx, token: Base64url): Promise<Invitation> {
  const hash = hashOf(token);
  const row = await trx.selectFrom(TABLE).select("sealed").where("hash", "=", hash).executeTakeFirst();
  const found = row === undefined ? null : desk.sealer.open(TABLE, hash, row.sealed, record);
  if (found === null || found.until < desk.clock.day()) {
    throw new DeskError(
      "invitation-over",
      "This invitation is not good, or not any more: ask for a new one.",
    );
  }
  await trx.deleteFrom(TABLE).where("hash", "=", hash).execute();
  return found;
}

/** Whether it was there. */
export async function revokeInvitation(desk: Desk, trx: DeskTrx, id: Base64url): Promise<boolean> {
  return (await deleteWhere(desk, trx, (invitation) => invitation.id === id)) > 0;
}

async function deleteWhere(desk: Desk, trx: DeskTrx, which: (one: Invitation) => boolean): Promise<number> {
  const over = (await readAll(desk, trx)).filter(which);
  for (const { token } of over) await trx.deleteFrom(TABLE).where("hash", "=", hashOf(token)).execute();
  return over.length;
}

async function readAll(desk: Desk, db: DeskReader): Promise<Invitation[]> {
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return rows.map(({ hash, sealed }) => desk.sealer.open(TABLE, hash, sealed, record));
}

function hashOf(token: Base64url): Uint8Array {
  return domainHash("desk-invitation", decodeBase64url(token, 32));
}
