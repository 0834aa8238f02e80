/**
 * Whose signatures a workforce manifest takes (PROTOCOL §3.1): of version 1 every registrar's; of a later version those
 * of `quorum` registrars of the version before, and every new registrar's.
 */
import type { JsonValue } from "../canonical-json.ts";
import type { ManifestSignature } from "../formats/manifest-signature.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { verifyDetached } from "../signed.ts";

type Registrar = WorkforceManifest["registrars"][number];

export interface Agreement {
  /** Who must sign, each of them. */
  readonly all: readonly Registrar[];
  /** Of these, so many; the same registrar may stand in both lists. */
  readonly some: readonly Registrar[];
  readonly quorum: number;
}

export function agreementFor(manifest: WorkforceManifest, before: WorkforceManifest | null): Agreement {
  if (before === null) return { all: manifest.registrars, some: [], quorum: 0 };
  const known = new Set(before.registrars.map(({ identity }) => identity));
  return {
    all: manifest.registrars.filter(({ identity }) => !known.has(identity)),
    some: before.registrars,
    quorum: before.quorum,
  };
}

/** Whether the signature is its registrar's over this very manifest. */
export function manifestSignatureHolds(
  manifest: WorkforceManifest,
  signature: ManifestSignature,
): Promise<boolean> {
  return verifyDetached(
    "workforce-manifest",
    manifest as unknown as JsonValue,
    signature.registrar,
    signature.sig,
  ).catch(() => false);
}
