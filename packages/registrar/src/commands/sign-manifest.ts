/** Signs a workforce manifest that names this registrar (PROTOCOL §3.1). */
import {
  CoreError,
  type JsonValue,
  parseWorkforceManifest,
  signDetached,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { requireIdentity } from "./create-registrar-keys.ts";
import { readRegistrarCard, requireOwnCard } from "./registrar-card.ts";

/**
 * The registrar's entry for the workforce leaf. `manifestFile` is the file's bytes, `beforeFile` those of the version
 * that it follows: a registrar that is named there and no more may agree to going. Throws `bad-manifest` for a file
 * that is none, `not-a-registrar` if neither names this identity, and `card-differs` if the manifest says something
 * else beside it than the card in the data folder, where there is one.
 */
export async function signManifest(options: {
  readonly dataDir: string;
  readonly lock: Lock;
  readonly manifestFile: Uint8Array;
  readonly beforeFile?: Uint8Array | undefined;
}): Promise<{ registrar: string; sig: string }> {
  const { dataDir, lock, manifestFile, beforeFile } = options;
  const identity = await requireIdentity(dataDir, lock);
  const manifest = readManifest(manifestFile);
  if (beforeFile === undefined || !agreesToGo(manifest, beforeFile, identity.publicKey)) {
    requireNamed(manifest, identity.publicKey);
    const card = await readRegistrarCard(dataDir);
    if (card !== null) requireOwnCard(manifest, card);
  }
  return {
    registrar: identity.publicKey,
    sig: signDetached("workforce-manifest", manifest as JsonValue, identity),
  };
}

/** The manifest, which must name the identity. */
export function readManifestFor(manifestFile: Uint8Array, identity: string): WorkforceManifest {
  const manifest = readManifest(manifestFile);
  requireNamed(manifest, identity);
  return manifest;
}

function agreesToGo(manifest: WorkforceManifest, beforeFile: Uint8Array, identity: string): boolean {
  return (
    manifest.previous === workforceManifestHash(beforeFile) &&
    !isNamedIn(manifest, identity) &&
    isNamedIn(readManifest(beforeFile), identity)
  );
}

function isNamedIn(manifest: WorkforceManifest, identity: string): boolean {
  return manifest.registrars.some((registrar) => registrar.identity === identity);
}

function readManifest(manifestFile: Uint8Array): WorkforceManifest {
  try {
    return parseWorkforceManifest(manifestFile);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    // Core names the field and never its value.
    throw new RegistrarError("bad-manifest", `This file is no workforce manifest. ${error.message}`);
  }
}

function requireNamed(manifest: WorkforceManifest, identity: string): void {
  if (!isNamedIn(manifest, identity)) {
    throw new RegistrarError(
      "not-a-registrar",
      "The manifest does not name this registrar: check the file, and the identity that its author was given.",
    );
  }
}
