/**
 * Whether a signature is of its header and key (RFC 6376 section 6.1, without the body). This says only that the holder of
 * the key signed these fields; whether that proves anything is for policy.ts.
 */

import { sha256, verifyEd25519 } from "@undersigned/core";
import { verifyRsaSha256 } from "#rsa";
import { MailError } from "./errors.ts";
import type { ParsedHeader } from "./header.ts";
import type { MailKey } from "./key-record.ts";
import type { MailSignature } from "./signature.ts";
import { signedData } from "./signed-data.ts";

const DAY_SECONDS = 86_400;

/**
 * `signature` is one that the same header lists, `nowMs` milliseconds since 1970. Throws MailError `key-mismatch`,
 * `identity-foreign` (a key with `t=s` and an identity below its domain), `signature-expired`, `signature-from-future` or
 * `signature-invalid`.
 */
export async function verifyHeader(
  header: ParsedHeader,
  signature: MailSignature,
  key: MailKey,
  nowMs: number,
): Promise<void> {
  if (signature.algorithm !== key.algorithm) throw new MailError("key-mismatch");
  if (key.strict && signature.identityDomain !== signature.domain) throw new MailError("identity-foreign");
  const now = nowMs / 1000;
  if (signature.expiresAt !== null && signature.expiresAt < now) throw new MailError("signature-expired");
  if (signature.signedAt !== null && signature.signedAt > now + DAY_SECONDS) {
    throw new MailError("signature-from-future");
  }
  const data = signedData(header, signature);
  const valid =
    key.algorithm === "rsa-sha256"
      ? verifyRsaSha256(key, data, signature.bytes)
      : // RFC 8463 section 3: Ed25519 over the hash.
        await verifyEd25519(key.publicKey, sha256(data), signature.bytes);
  if (!valid) throw new MailError("signature-invalid");
}
