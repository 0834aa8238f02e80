/**
 * Whose signatures a workforce manifest takes (PROTOCOL §3.1): of version 1 every registrar's; of a later version those
 * of `quorum` registrars of the version before, and every new registrar's.
 */
import { encodeCanonical, type JsonValue, verifyDetached, type WorkforceManifest } from "@undersigned/core";
import type { ManifestSignature } from "../manifest-signature.ts";
import type { Registrar } from "./cards.ts";

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

/** `all of: A, B` and `2 of: C, D, E`, as lines. Names are the manifest's. */
export function agreementLines({ all, some, quorum }: Agreement): string[] {
  return [
    ...(all.length > 0 ? [`to sign: each of ${names(all)}`] : []),
    ...(quorum > 0 ? [`to sign: ${quorum} of ${names(some)}`] : []),
  ];
}

export function names(registrars: readonly Registrar[]): string {
  return registrars.map(({ name, operator }) => `${name} (${operator})`).join(", ");
}

/** Whether the signature is its registrar's over this very manifest. */
export function signatureHolds(manifest: WorkforceManifest, signature: ManifestSignature): Promise<boolean> {
  return verifyDetached(
    "workforce-manifest",
    manifest as JsonValue,
    signature.registrar,
    signature.sig,
  ).catch(() => false);
}

/** The bytes that a manifest is named by. A manifest that was parsed gives the bytes it was parsed from. */
export function manifestBytes(manifest: WorkforceManifest): Uint8Array {
  return encodeCanonical(manifest as JsonValue);
}
