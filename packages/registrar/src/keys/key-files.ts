/**
 * The registrar's secrets at rest: age files below `<data>/keys` (see @undersigned/service, keys-at-rest).
 *
 *     identity.age     {type: "registrar-identity", v: 1, seed: B32}
 *     epoch-<n>.age    {type: "registrar-epoch-keys", v: 1, epoch, code: B32, mac: B32, manifest, statement,
 *                       keys: [{class, slot, pkcs8}…], invitations: [{number, pkcs8}…] in the statement's order,
 *                       secondParty: null | {url, publicKey}}
 *     tag-<n>.age      {type: "registrar-tag-key", v: 1, epoch, key: B32}
 *
 * The tag key has a file of its own so that it can be kept out of the backups which hold the rest: with it and the
 * database, a staff directory can be tried against the tags. Statement and manifest (public) lie with the keys, so
 * that a crash between key file and database leaves nothing to make anew.
 */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { join } from "node:path";
import {
  CoreError,
  classOf,
  decodeBase64url,
  encodeCanonical,
  epochNumber,
  hash32,
  invitationNumber,
  type JsonValue,
  MAX_INVITATIONS,
  parseCanonical,
  type Shape,
  type Signer,
  SLOTS,
  shape,
  signerFromSeed,
  slotNumber,
  version1,
} from "@undersigned/core";
import { type Lock, openKeyFile, ServiceError, sealKeyFile, wipe } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";

const { bytesUpTo, list, literal, nullable, object, text } = shape;
const MAX_BYTES = 1024 * 1024;

const identityPayload = object({ type: literal("registrar-identity"), v: version1, seed: hash32 });
const tagPayload = object({
  type: literal("registrar-tag-key"),
  v: version1,
  epoch: epochNumber,
  key: hash32,
});
const epochPayload = object({
  type: literal("registrar-epoch-keys"),
  v: version1,
  epoch: epochNumber,
  code: hash32,
  mac: hash32,
  manifest: bytesUpTo(262_144),
  statement: bytesUpTo(262_144),
  keys: list(object({ class: classOf, slot: slotNumber, pkcs8: bytesUpTo(4096) }), SLOTS, 2 * SLOTS),
  invitations: list(object({ number: invitationNumber, pkcs8: bytesUpTo(4096) }), 0, MAX_INVITATIONS),
  secondParty: nullable(object({ url: text(1, 500), publicKey: hash32 })),
});

export type EpochKeyFile = shape.Infer<typeof epochPayload>;

export function keyPath(dataDir: string, name: string): string {
  return join(dataDir, "keys", name);
}

/** The registrar's signer, and the same key as a handle that can be given to a worker. */
export type Identity = Signer & { readonly key: KeyObject };

/** Null when there is no identity yet. Throws `keys-locked`, or ServiceError `key-file-damaged`, `open-to-others`. */
export async function readIdentity(dataDir: string, lock: Lock): Promise<Identity | null> {
  const payload = await readPayload(keyPath(dataDir, "identity.age"), lock, identityPayload);
  if (payload === null) return null;
  const seed = decodeBase64url(payload.seed, 32);
  const signer = signerFromSeed(seed);
  wipe(seed);
  const jwk = { kty: "OKP", crv: "Ed25519", d: payload.seed, x: signer.publicKey };
  return { ...signer, key: createPrivateKey({ key: jwk, format: "jwk" }) };
}

/** Never replaces a file: throws ServiceError `key-file-exists`. */
export async function writeIdentity(dataDir: string, lock: Lock, seed: string): Promise<void> {
  await writePayload(keyPath(dataDir, "identity.age"), lock, { type: "registrar-identity", v: 1, seed });
}

/** The tag key, 32 bytes, or null when the file is not there. Throws as `readIdentity`. */
export async function readTagKey(dataDir: string, lock: Lock, epoch: number): Promise<Uint8Array | null> {
  const payload = await readPayload(keyPath(dataDir, `tag-${epoch}.age`), lock, tagPayload);
  if (payload === null) return null;
  requireEpoch(payload.epoch, epoch);
  return decodeBase64url(payload.key, 32);
}

export async function writeTagKey(dataDir: string, lock: Lock, epoch: number, key: string): Promise<void> {
  await writePayload(keyPath(dataDir, `tag-${epoch}.age`), lock, {
    type: "registrar-tag-key",
    v: 1,
    epoch,
    key,
  });
}

/** Null when the file is not there. Throws as `readIdentity`. */
export async function readEpochKeyFile(
  dataDir: string,
  lock: Lock,
  epoch: number,
): Promise<EpochKeyFile | null> {
  const payload = await readPayload(keyPath(dataDir, `epoch-${epoch}.age`), lock, epochPayload);
  if (payload !== null) requireEpoch(payload.epoch, epoch);
  return payload;
}

export async function writeEpochKeyFile(dataDir: string, lock: Lock, payload: EpochKeyFile): Promise<void> {
  await writePayload(keyPath(dataDir, `epoch-${payload.epoch}.age`), lock, payload);
}

/** Seals a payload in a file. Never replaces one: throws ServiceError `key-file-exists`. */
export async function writePayload(path: string, lock: Lock, payload: JsonValue): Promise<void> {
  const bytes = encodeCanonical(payload);
  try {
    await sealKeyFile(path, bytes, lock, { mustBeNew: true });
  } finally {
    wipe(bytes);
  }
}

/**
 * What a sealed file holds; null when it is not there. Throws `keys-locked`, and ServiceError `key-file-damaged`,
 * `open-to-others`.
 */
export async function readPayload<T>(path: string, lock: Lock, of: Shape<T>): Promise<T | null> {
  let bytes: Uint8Array;
  try {
    bytes = await openKeyFile(path, lock);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === "key-file-missing") return null;
    if (error.code === "wrong-passphrase") {
      throw new RegistrarError(
        "keys-locked",
        "The keys are locked: give the passphrase or identity that they were made with.",
      );
    }
    throw error;
  }
  try {
    return of.check(parseCanonical(bytes, MAX_BYTES), "");
  } catch (error) {
    if (error instanceof CoreError) throw damaged();
    throw error;
  } finally {
    wipe(bytes);
  }
}

function requireEpoch(found: number, epoch: number): void {
  if (found !== epoch) throw damaged();
}

export function damaged(): ServiceError {
  return new ServiceError(
    "key-file-damaged",
    "A key file does not hold what its name says: restore it from its copy.",
  );
}
