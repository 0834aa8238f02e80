/**
 * Fingerprints of secret keys, kept in the database so that a file which was swapped or made anew is noticed. The keys
 * are uniform and 32 bytes long, so their hash says nothing about them.
 */
import { concatBytes, decodeBase64url, domainHash } from "@undersigned/core";
import type { EpochKeyFile } from "./key-files.ts";

export function tagKeyFingerprint(key: Uint8Array): Uint8Array {
  return domainHash("registrar-tag-key", key);
}

/**
 * Of MAC key, code key and the second party's public key, if there is one: without it, or with another, mailboxes that
 * are enrolled would get other tags. The RSA keys are compared with the statement instead.
 */
export function epochKeyFingerprint(file: Pick<EpochKeyFile, "mac" | "code" | "secondParty">): Uint8Array {
  const { mac, code, secondParty } = file;
  const pinned = secondParty === null ? new Uint8Array() : decodeBase64url(secondParty.publicKey, 32);
  return domainHash(
    "registrar-epoch-keys",
    concatBytes(decodeBase64url(mac, 32), decodeBase64url(code, 32), pinned),
  );
}
