/**
 * A worker thread that makes blind signatures: RSASP1 (RFC 8017 section 5.2.1) on 16 numbers, one per slot, as RFC 9474 section
 * 4.3 (BlindSign) says. OpenSSL blinds each operation against timing by itself.
 *
 * The numbers come from whoever has enrolled; the main thread has checked 0 < m < n. A signature that does not verify
 * never leaves: with the CRT, one faulty half would give the key's factors away.
 */
import {
  constants,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  timingSafeEqual,
} from "node:crypto";
import { workerData } from "node:worker_threads";
import { RSA_MODULUS_BYTES } from "@undersigned/core";

export type SignWorkerData = {
  readonly sets: readonly (readonly [name: string, keys: readonly KeyObject[]])[];
};
export type SignTask = { readonly set: string; readonly blinded: Uint8Array };

const padding = constants.RSA_NO_PADDING;

const { sets } = workerData as SignWorkerData;
const pairs = new Map(
  sets.map(([name, keys]) => [name, keys.map((key) => ({ key, publicKey: createPublicKey(key) }))] as const),
);

/** All slots of one request, 256 bytes each, in order of the slots. Throws for anything that is not signed in full. */
export function sign({ set, blinded }: SignTask): Uint8Array {
  const keys = pairs.get(set);
  if (keys === undefined || blinded.length !== keys.length * RSA_MODULUS_BYTES) throw new Error("bad task");
  const signatures = new Uint8Array(blinded.length);
  for (const [slot, { key, publicKey }] of keys.entries()) {
    const at = slot * RSA_MODULUS_BYTES;
    const message = blinded.subarray(at, at + RSA_MODULUS_BYTES);
    const signature = privateDecrypt({ key, padding }, message);
    const recovered = publicEncrypt({ key: publicKey, padding }, signature);
    if (signature.length !== RSA_MODULUS_BYTES || !timingSafeEqual(recovered, message))
      throw new Error("bad signature");
    signatures.set(signature, at);
  }
  return signatures;
}
