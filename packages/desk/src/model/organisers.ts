/** Organisers: who they are to each other. Few enough to be read all at once, since nothing readable finds one by key or alias. */
import {
  type Base64url,
  type DeskMe,
  organiserAlias,
  organiserRole,
  type Role,
  shape,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { idBytes, idText } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_organiser";
export const MAX_ORGANISERS = 64;

/** What is sealed of a row. */
const record = shape.object({
  alias: organiserAlias,
  role: organiserRole,
  key: shape.bytes(32),
  since: shape.day,
});

export interface Organiser extends shape.Infer<typeof record> {
  readonly id: Base64url;
}

/** By alias. */
export async function readOrganisers(desk: Desk, db: DeskReader): Promise<Organiser[]> {
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return rows
    .map(({ id, sealed }) => ({ id: idText(id), ...desk.sealer.open(TABLE, id, sealed, record) }))
    .sort((a, b) => (a.alias < b.alias ? -1 : 1));
}

/** Null where there is none, or no longer. */
export async function findOrganiser(desk: Desk, db: DeskReader, id: Base64url): Promise<Organiser | null> {
  const at = idBytes(id);
  const row = await db.selectFrom(TABLE).select("sealed").where("id", "=", at).executeTakeFirst();
  return row === undefined ? null : { id, ...desk.sealer.open(TABLE, at, row.sealed, record) };
}

/** Throws `organiser-unknown`. */
export async function requireOrganiser(desk: Desk, db: DeskReader, id: Base64url): Promise<Organiser> {
  const found = await findOrganiser(desk, db, id);
  if (found !== null) return found;
  throw new DeskError("organiser-unknown", "This organiser is not here any more: load the list again.");
}

/** Throws `alias-taken` (two who cannot be told apart could be taken for one another) and `too-many`. */
export async function addOrganiser(desk: Desk, trx: DeskTrx, organiser: Organiser): Promise<void> {
  const others = await readOrganisers(desk, trx);
  if (others.length >= MAX_ORGANISERS) {
    throw new DeskError("too-many", `A desk has room for ${MAX_ORGANISERS} organisers.`);
  }
  requireFreeAlias(others, organiser);
  const id = idBytes(organiser.id);
  await trx
    .insertInto(TABLE)
    .values({ id, sealed: sealed(desk, organiser) })
    .execute();
}

/** Writes alias and role anew. Throws `alias-taken`. */
export async function changeOrganiser(desk: Desk, trx: DeskTrx, organiser: Organiser): Promise<void> {
  requireFreeAlias(await readOrganisers(desk, trx), organiser);
  await trx
    .updateTable(TABLE)
    .set({ sealed: sealed(desk, organiser) })
    .where("id", "=", idBytes(organiser.id))
    .execute();
}

/** With all sessions and passkeys, so that whoever is removed is out when the transaction ends. */
export async function deleteOrganiser(trx: DeskTrx, id: Base64url): Promise<void> {
  const organiser = idBytes(id);
  await trx.deleteFrom("desk_session").where("organiser", "=", organiser).execute();
  await trx.deleteFrom("desk_passkey").where("organiser", "=", organiser).execute();
  await trx.deleteFrom(TABLE).where("id", "=", organiser).execute();
}

/** Throws `last-owner` where this change would leave the desk without an owner: nobody could ever invite again. */
export async function requireAnotherOwner(desk: Desk, db: DeskReader, leaving: Organiser): Promise<void> {
  if (leaving.role !== "owner") return;
  const owners = (await readOrganisers(desk, db)).filter(
    ({ role, id }) => role === "owner" && id !== leaving.id,
  );
  if (owners.length === 0) {
    throw new DeskError("last-owner", "This is the only owner: make another organiser an owner first.");
  }
}

export function memberOf({ id, alias, role, since }: Organiser): DeskMe {
  return { id, alias, role, since };
}

export function ownersAmong(organisers: readonly { readonly role: Role }[]): number {
  return organisers.filter(({ role }) => role === "owner").length;
}

function sealed(desk: Desk, { id, alias, role, key, since }: Organiser): Uint8Array {
  return desk.sealer.seal(TABLE, idBytes(id), { alias, role, key, since });
}

function requireFreeAlias(others: readonly Organiser[], { id, alias }: Organiser): void {
  const folded = fold(alias);
  if (others.every((other) => other.id === id || fold(other.alias) !== folded)) return;
  throw new DeskError(
    "alias-taken",
    "Another organiser goes by this name: choose one that cannot be mixed up.",
  );
}

function fold(alias: string): string {
  return alias.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ");
}
