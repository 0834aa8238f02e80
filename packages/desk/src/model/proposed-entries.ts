/** Entries of the chronicle that one owner has proposed. Sealed; what the log has is kept without its words, to answer the same again. */
import {
  type Base64url,
  type ChronicleRecord,
  chronicleRecord,
  deskId,
  type JsonValue,
  organiserAlias,
  publicKey,
  shape,
  signature64,
  utf8Encode,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { letterName } from "./letter-name.ts";

const TABLE = "desk_chronicle";

const signed = shape.object({ id: deskId, alias: organiserAlias, key: publicKey, sig: signature64 });
const row = shape.object({
  hash: shape.bytes(32),
  /** Null once it is in the log. */
  record: shape.nullable(chronicleRecord),
  by: signed,
  /** Who has agreed; null until then. */
  agreed: shape.nullable(deskId),
});

export type EntryRow = shape.Infer<typeof row>;
export type ProposedEntry = EntryRow & { readonly record: ChronicleRecord };

export function isProposed(of: EntryRow): of is ProposedEntry {
  return of.record !== null;
}

/** Those that wait, by the day when they happened. */
export async function readProposedEntries(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
): Promise<ProposedEntry[]> {
  const rows = await db
    .selectFrom(TABLE)
    .select(["name", "sealed"])
    .where("letter", "=", letterName(desk, TABLE, letter))
    .execute();
  const orderOf = ({ record, hash }: ProposedEntry) => `${record.on} ${hash}`;
  return rows
    .map(({ name, sealed }) => desk.sealer.open(TABLE, name, sealed, row))
    .filter(isProposed)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** By the record's hash, also one that is in the log; null where it was never proposed, or was dropped. */
export async function findEntryRow(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
  hash: Base64url,
): Promise<EntryRow | null> {
  const name = nameOf(desk, letter, hash);
  const found = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return found === undefined ? null : desk.sealer.open(TABLE, name, found.sealed, row);
}

export async function putEntryRow(desk: Desk, trx: DeskTrx, letter: Base64url, of: EntryRow): Promise<void> {
  const name = nameOf(desk, letter, of.hash);
  const sealed = desk.sealer.seal(TABLE, name, of as unknown as JsonValue);
  await trx
    .insertInto(TABLE)
    .values({ name, letter: letterName(desk, TABLE, letter), sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
}

export async function deleteEntryRow(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  hash: Base64url,
): Promise<void> {
  await trx
    .deleteFrom(TABLE)
    .where("name", "=", nameOf(desk, letter, hash))
    .execute();
}

function nameOf(desk: Desk, letter: Base64url, hash: Base64url): Uint8Array {
  return desk.sealer.nameOf(`${TABLE}/record`, utf8Encode(`${letter} ${hash}`));
}
