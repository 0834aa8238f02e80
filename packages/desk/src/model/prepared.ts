/** The files that were prepared last for handing a letter over: one document and one bundle a letter. */
import type { Base64url } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { deliveryName } from "./deliveries.ts";

const TABLE = "desk_prepared";

export interface PreparedFiles {
  readonly document: Uint8Array;
  readonly bundle: Uint8Array | null;
}

export async function putPrepared(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  files: PreparedFiles,
): Promise<void> {
  const name = deliveryName(desk, letter);
  const seal = (column: string, file: Uint8Array) => desk.sealer.sealFile(TABLE, name, column, file);
  const document = seal("document", files.document);
  const bundle = files.bundle === null ? null : seal("bundle", files.bundle);
  await trx
    .insertInto(TABLE)
    .values({ name, document, bundle })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ document, bundle }))
    .execute();
}

/** Throws `delivery-unprepared`. */
export async function requirePrepared(desk: Desk, db: DeskReader, letter: Base64url): Promise<PreparedFiles> {
  const name = deliveryName(desk, letter);
  const row = await db.selectFrom(TABLE).selectAll().where("name", "=", name).executeTakeFirst();
  if (row === undefined) {
    throw new DeskError("delivery-unprepared", "Make the document first: nothing is ready for this letter.");
  }
  const open = (column: string, sealed: Uint8Array) => desk.sealer.openFile(TABLE, name, column, sealed);
  return {
    document: open("document", row.document),
    bundle: row.bundle === null ? null : open("bundle", row.bundle),
  };
}
