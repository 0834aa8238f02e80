/** Stores a public file under its name. The same file again changes nothing: its name is its hash. */
import { decodeBase64url } from "@undersigned/core";
import type { Trx } from "../storage/schema.ts";

/** `hash` is base64url. */
export async function putFile(
  trx: Trx,
  workforce: number,
  kind: number,
  hash: string,
  bytes: Uint8Array,
): Promise<void> {
  await trx
    .insertInto("public_file")
    .values({ workforce, kind, hash: decodeBase64url(hash, 32), bytes })
    .onConflict((conflict) => conflict.columns(["workforce", "kind", "hash"]).doNothing())
    .execute();
}
