/** Captured copies of sources, by the hash of their bytes. Sealed until a letter that anybody may read names them. */
import {
  type Base64url,
  type CopyType,
  copyType,
  decodeBase64url,
  encodeBase64url,
  MAX_COPY_BYTES,
  sha256,
  shape,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_copy";
/** Of all copies together. */
const MAX_BYTES = 1_000_000_000;

const record = shape.object({ type: copyType, bytes: shape.bytesUpTo(MAX_COPY_BYTES) });

export interface Copy {
  readonly type: CopyType;
  readonly bytes: Uint8Array;
}

/** The same bytes again change nothing. Throws `too-many`. */
export async function putCopy(desk: Desk, trx: DeskTrx, copy: Copy): Promise<Base64url> {
  const hash = encodeBase64url(sha256(copy.bytes));
  if ((await findCopy(desk, trx, hash)) !== null) return hash;
  const name = nameOf(desk, hash);
  const sealed = desk.sealer.seal(TABLE, name, { type: copy.type, bytes: encodeBase64url(copy.bytes) });
  const { taken } = await trx
    .selectFrom(TABLE)
    .select((row) => row.fn.coalesce(row.fn.sum<number>("size"), row.lit(0)).as("taken"))
    .executeTakeFirstOrThrow();
  if (Number(taken) + sealed.length > MAX_BYTES) {
    throw new DeskError("too-many", "There is no room for more copies of sources: give links alone.");
  }
  await trx.insertInto(TABLE).values({ name, size: sealed.length, sealed }).execute();
  return hash;
}

export async function findCopy(desk: Desk, db: DeskReader, hash: Base64url): Promise<Copy | null> {
  const name = nameOf(desk, hash);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  if (row === undefined) return null;
  const { type, bytes } = desk.sealer.open(TABLE, name, row.sealed, record);
  return { type, bytes: decodeBase64url(bytes) };
}

/** Throws `copy-unknown`. */
export async function requireCopy(desk: Desk, db: DeskReader, hash: Base64url): Promise<Copy> {
  const found = await findCopy(desk, db, hash);
  if (found !== null) return found;
  throw new DeskError("copy-unknown", "A copy of a source is not here: add the file again.");
}

function nameOf(desk: Desk, hash: Base64url): Uint8Array {
  return desk.sealer.nameOf(TABLE, decodeBase64url(hash, 32));
}
