/** Whose signatures a workforce manifest takes, in words (PROTOCOL §3.1). */
import { type Agreement, encodeCanonical, type JsonValue, type WorkforceManifest } from "@undersigned/core";
import type { Registrar } from "./cards.ts";

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

/** The bytes that a manifest is named by. A manifest that was parsed gives the bytes it was parsed from. */
export function manifestBytes(manifest: WorkforceManifest): Uint8Array {
  return encodeCanonical(manifest as JsonValue);
}
