/** Workforce manifests that wait for their registrars' signatures. */
import {
  type Base64url,
  decodeBase64url,
  encodeBase64url,
  MAX_MANIFEST_BYTES,
  publicKey,
  shape,
  signature64,
} from "@undersigned/core";
import { type Desk, idBytes } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_frozen";

const record = shape.object({
  file: shape.bytesUpTo(MAX_MANIFEST_BYTES),
  signatures: shape.list(shape.object({ registrar: publicKey, sig: signature64 }), 0, 30),
});

export interface Frozen {
  /** Canonical bytes of the manifest. */
  readonly file: Uint8Array;
  /** Checked, one of each registrar. */
  readonly signatures: readonly { readonly registrar: Base64url; readonly sig: Base64url }[];
}

/** Throws `not-frozen`. */
export async function requireFrozen(desk: Desk, db: DeskReader, document: Base64url): Promise<Frozen> {
  const at = idBytes(document);
  const row = await db.selectFrom(TABLE).select("sealed").where("document", "=", at).executeTakeFirst();
  if (row === undefined)
    throw new DeskError("not-frozen", "Freeze this workforce first: then registrars can sign it.");
  const { file, signatures } = desk.sealer.open(TABLE, at, row.sealed, record);
  return { file: decodeBase64url(file), signatures };
}

export async function putFrozen(
  desk: Desk,
  trx: DeskTrx,
  document: Base64url,
  frozen: Frozen,
): Promise<void> {
  const at = idBytes(document);
  const { file, signatures } = frozen;
  const sealed = desk.sealer.seal(TABLE, at, {
    file: encodeBase64url(file),
    signatures: signatures.map(({ registrar, sig }) => ({ registrar, sig })),
  });
  await trx
    .insertInto(TABLE)
    .values({ document: at, sealed })
    .onConflict((conflict) => conflict.column("document").doUpdateSet({ sealed }))
    .execute();
}

export async function deleteFrozen(trx: DeskTrx, document: Base64url): Promise<void> {
  await trx.deleteFrom(TABLE).where("document", "=", idBytes(document)).execute();
}
