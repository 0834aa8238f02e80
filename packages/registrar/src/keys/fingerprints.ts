/**
 * Fingerprints of secret keys, kept in the database so that a file which was swapped or made anew is noticed. The keys
 * are uniform and 32 bytes long, so their hash says nothing about them.
 */
import { concatBytes, decodeBase64url, domainHash } from "@undersigned/core";
import type { EpochKeyFile } from "./key-files.ts";

export function tagKeyFingerprint(key: Uint8Array): Uint8Array {
  return domainHash("registrar-tag-key", key);
}

/** Of MAC key and code key; the RSA keys are compared with the statement instead. */
export function epochKeyFingerprint(file: Pick<EpochKeyFile, "mac" | "code">): Uint8Array {
  return domainHash(
    "registrar-epoch-keys",
    concatBytes(decodeBase64url(file.mac, 32), decodeBase64url(file.code, 32)),
  );
}
