/** Makes the key by which the world knows a registrar. */
import { encodeBase64url, randomBytes } from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { readIdentity, writeIdentity } from "../keys/key-files.ts";

/**
 * The public identity (Ed25519, base64url) that belongs to `<dataDir>/keys/identity.age`, which is made if it is not
 * there and never replaced. Throws `keys-locked` when an existing one does not open with this lock.
 */
export async function createRegistrarKeys(options: {
  readonly dataDir: string;
  readonly lock: Lock;
}): Promise<{ identity: string }> {
  const { dataDir, lock } = options;
  if ((await readIdentity(dataDir, lock)) === null) {
    await writeIdentity(dataDir, lock, encodeBase64url(randomBytes(32)));
  }
  // Read back: an identity that others are told must be one that opens.
  return { identity: (await requireIdentity(dataDir, lock)).publicKey };
}

/** Throws `identity-missing`, `keys-locked`. */
export async function requireIdentity(dataDir: string, lock: Lock) {
  const signer = await readIdentity(dataDir, lock);
  if (signer === null) {
    throw new RegistrarError(
      "identity-missing",
      "This registrar has no identity yet: create its keys first.",
    );
  }
  return signer;
}
