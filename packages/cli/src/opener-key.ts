/**
 * The key of somebody who may open letters (manifest field `openers`): an age file that holds
 * `{type: "opener-key", v: 1, seed: B32}`, the seed of an Ed25519 key.
 */
import {
  CoreError,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  hash32,
  parseCanonical,
  randomBytes,
  type Signer,
  shape,
  signerFromSeed,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { CliError } from "./errors.ts";

const payload = shape.object({ type: shape.literal("opener-key"), v: shape.literal(1), seed: hash32 });

/** Makes a key and seals it at `path`; returns its public half. Throws ServiceError `key-file-exists`, `open-to-others`. */
export async function createOpenerKey(path: string, lock: Lock): Promise<string> {
  const { sealKeyFile, wipe } = await import("@undersigned/service");
  const seed = randomBytes(32);
  const bytes = encodeCanonical({ type: "opener-key", v: 1, seed: encodeBase64url(seed) });
  try {
    await sealKeyFile(path, bytes, lock, { mustBeNew: true });
    return signerFromSeed(seed).publicKey;
  } finally {
    wipe(bytes);
    wipe(seed);
  }
}

/** Throws ServiceError as `openKeyFile`, CliError `file-malformed` for another kind of key. */
export async function openOpenerKey(path: string, lock: Lock): Promise<Signer> {
  const { openKeyFile, wipe } = await import("@undersigned/service");
  const bytes = await openKeyFile(path, lock);
  try {
    const seed = decodeBase64url(payload.check(parseCanonical(bytes, 1024), "").seed, 32);
    const signer = signerFromSeed(seed);
    wipe(seed);
    return signer;
  } catch (error) {
    if (error instanceof CoreError)
      throw new CliError("file-malformed", "This key file does not hold an opener's key.");
    throw error;
  } finally {
    wipe(bytes);
  }
}
