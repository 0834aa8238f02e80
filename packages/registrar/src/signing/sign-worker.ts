/**
 * A worker thread that makes blind signatures: RSASP1 (RFC 8017 section 5.2.1) on a number for each key of a set, as RFC 9474
 * section 4.3 (BlindSign) says. OpenSSL blinds each operation against timing by itself. And the signatures that confirm a name.
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
  sign as signEd25519,
  timingSafeEqual,
} from "node:crypto";
import { workerData } from "node:worker_threads";
import { type NameStatement, RSA_MODULUS_BYTES, type Signer, signName } from "@undersigned/core";

export type SignWorkerData = {
  readonly sets: readonly (readonly [name: string, keys: readonly KeyObject[]])[];
  /** The registrar's identity, only where names are confirmed. */
  readonly identity: { readonly publicKey: string; readonly key: KeyObject } | null;
};
/** `blinded`: 256 bytes for each key of the set, in order. */
export type BlindedSet = { readonly set: string; readonly blinded: Uint8Array };
/** `names`: what is confirmed, for each slot; empty where nothing is. */
export type SignTask = { readonly sets: readonly BlindedSet[]; readonly names: readonly NameStatement[] };
/** For each set as `blinded`; for each name a signature, base64url. */
export type Signed = { readonly sets: readonly Uint8Array[]; readonly names: readonly string[] };

const padding = constants.RSA_NO_PADDING;

const { sets, identity } = workerData as SignWorkerData;
const pairs = new Map(
  sets.map(([name, keys]) => [name, keys.map((key) => ({ key, publicKey: createPublicKey(key) }))] as const),
);

/** All of one request. Throws for anything that is not signed in full. */
export function sign(task: SignTask): Signed {
  return { sets: task.sets.map(signSet), names: task.names.length === 0 ? [] : signNames(task.names) };
}

function signNames(names: readonly NameStatement[]): string[] {
  if (identity === null) throw new Error("no identity");
  const { publicKey, key } = identity;
  const signer: Signer = { publicKey, sign: (message) => signEd25519(null, message, key) };
  return names.map((name) => signName(name, signer));
}

function signSet({ set, blinded }: BlindedSet): Uint8Array {
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
