/** Signs a workforce manifest that names this registrar (PROTOCOL §3.1). */
import {
  CoreError,
  type JsonValue,
  parseWorkforceManifest,
  signDetached,
  type WorkforceManifest,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { requireIdentity } from "./create-registrar-keys.ts";

/**
 * The registrar's entry for the workforce leaf. `manifestFile` is the file's bytes. Throws `bad-manifest` for a file
 * that is none and `not-a-registrar` if the manifest does not name this identity.
 */
export async function signManifest(options: {
  readonly dataDir: string;
  readonly lock: Lock;
  readonly manifestFile: Uint8Array;
}): Promise<{ registrar: string; sig: string }> {
  const identity = await requireIdentity(options.dataDir, options.lock);
  const manifest = readManifestFor(options.manifestFile, identity.publicKey);
  return {
    registrar: identity.publicKey,
    sig: signDetached("workforce-manifest", manifest as JsonValue, identity),
  };
}

/** The manifest, which must name the identity. */
export function readManifestFor(manifestFile: Uint8Array, identity: string): WorkforceManifest {
  let manifest: WorkforceManifest;
  try {
    manifest = parseWorkforceManifest(manifestFile);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    // Core names the field and never its value.
    throw new RegistrarError("bad-manifest", `This file is no workforce manifest. ${error.message}`);
  }
  if (!manifest.registrars.some((registrar) => registrar.identity === identity)) {
    throw new RegistrarError(
      "not-a-registrar",
      "The manifest does not name this registrar: check the file, and the identity that its author was given.",
    );
  }
  return manifest;
}
