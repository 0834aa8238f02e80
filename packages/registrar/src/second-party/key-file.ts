/**
 * The second party's secrets at rest, below its own `<data>/keys`:
 *
 *     second-party-<n>.age          {type: "second-party-key", v: 1, workforce, epoch, key: B32}
 *     second-party-<n>.record.json  see record.ts
 */
import { open, unlink } from "node:fs/promises";
import {
  CoreError,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  epochNumber,
  hash32,
  parseCanonical,
  randomBytes,
  shape,
  version1,
} from "@undersigned/core";
import { type Lock, openKeyFile, ServiceError, sealKeyFile, wipe } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { keyPath } from "../keys/key-files.ts";
import { keyOf, makeSecretKey, type VoprfKey } from "./voprf.ts";

const MAX_BYTES = 4096;

const payloadShape = shape.object({
  type: shape.literal("second-party-key"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  key: hash32,
});

export type SecondPartyKey = { readonly workforce: string; readonly epoch: number; readonly key: VoprfKey };

const pathOf = (dataDir: string, epoch: number) => keyPath(dataDir, `second-party-${epoch}.age`);

/** Null when the file is not there. Throws `keys-locked`, and ServiceError `key-file-damaged`, `open-to-others`. */
export async function readKey(dataDir: string, lock: Lock, epoch: number): Promise<SecondPartyKey | null> {
  let bytes: Uint8Array;
  try {
    bytes = await openKeyFile(pathOf(dataDir, epoch), lock);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === "key-file-missing") return null;
    if (error.code !== "wrong-passphrase") throw error;
    throw new RegistrarError(
      "keys-locked",
      "The keys are locked: give the passphrase or identity that they were made with.",
    );
  }
  try {
    const payload = payloadShape.check(parseCanonical(bytes, MAX_BYTES), "");
    if (payload.epoch !== epoch) throw damaged();
    return { workforce: payload.workforce, epoch, key: keyOf(decodeBase64url(payload.key, 32)) };
  } catch (error) {
    if (error instanceof CoreError || error instanceof RegistrarError) throw damaged();
    throw error;
  } finally {
    wipe(bytes);
  }
}

/** Makes a key and seals it. Never replaces a file: throws ServiceError `key-file-exists`. */
export async function makeKey(dataDir: string, lock: Lock, workforce: string, epoch: number): Promise<void> {
  const secretKey = makeSecretKey();
  const bytes = encodeCanonical({
    type: "second-party-key",
    v: 1,
    workforce,
    epoch,
    key: encodeBase64url(secretKey),
  });
  try {
    await sealKeyFile(pathOf(dataDir, epoch), bytes, lock, { mustBeNew: true });
  } finally {
    wipe(bytes);
    wipe(secretKey);
  }
}

/**
 * Overwrites the file, durably, and removes it; does nothing where there is none. Overwriting reaches the disk's old
 * blocks only where the file system writes in place; what remains on others is an age file that the lock still opens.
 */
export async function destroyKey(dataDir: string, epoch: number): Promise<void> {
  const path = pathOf(dataDir, epoch);
  try {
    const file = await open(path, "r+");
    try {
      const { size } = await file.stat();
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await unlink(path);
    const folder = await open(keyPath(dataDir, "."), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function damaged(): ServiceError {
  return new ServiceError(
    "key-file-damaged",
    "A key file does not hold what its name says: restore it from its copy.",
  );
}
