/** Keys of those who decide: openers of a workforce, and organisers of a letter. */
import type { Base64url } from "@undersigned/core";
import type { Organiser } from "./organisers.ts";

/** Sorted, as manifests hold them. */
export function ownerKeys(organisers: readonly Organiser[]): Base64url[] {
  return organisers
    .filter(({ role }) => role === "owner")
    .map(({ key }) => key)
    .sort();
}
