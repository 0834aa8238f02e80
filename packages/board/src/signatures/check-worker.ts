/** A worker thread that checks Ed25519 signatures by core's strict rule. */
import { verifyEd25519 } from "@undersigned/core";
import { unpackChecks } from "./packed-checks.ts";

/** Packed checks in, a byte for each out: 1 if valid. */
export async function check(packed: Uint8Array): Promise<Uint8Array> {
  const valid: number[] = [];
  for (const { publicKey, message, signature } of unpackChecks(packed)) {
    valid.push((await verifyEd25519(publicKey, message, signature)) ? 1 : 0);
  }
  return Uint8Array.from(valid);
}
