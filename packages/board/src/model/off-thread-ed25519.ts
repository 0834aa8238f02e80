/**
 * Strict Ed25519 (core's rule and verdicts) on libuv's threads: two such verifications are most of the work that an
 * endorsement is, and the thread that serves should not do them. Core's own checks of the encodings come first; an
 * engine that does not answer core's probes right, or cannot take a raw key, is not used.
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { checkEd25519Encoding, ED25519_PROBES, verifyEd25519 } from "@undersigned/core";

let engine: Promise<boolean> | undefined;

/** Whether each signature is valid under the 32-byte key. Never throws. */
export async function verifyAll(
  publicKey: Uint8Array,
  signed: readonly { readonly message: Uint8Array; readonly signature: Uint8Array }[],
): Promise<boolean> {
  engine ??= isStrict();
  if (!(await engine)) {
    const valid = await Promise.all(
      signed.map(({ message, signature }) => verifyEd25519(publicKey, message, signature)),
    );
    return valid.every((one) => one === true);
  }
  if (!signed.every(({ signature }) => checkEd25519Encoding(publicKey, signature))) return false;
  const key = importKey(publicKey);
  if (key === null) return false;
  const valid = await Promise.all(
    signed.map(({ message, signature }) => verifyByEngine(key, message, signature)),
  );
  return valid.every((one) => one === true);
}

async function isStrict(): Promise<boolean> {
  for (const { publicKey, message, signature, valid } of ED25519_PROBES) {
    const key = importKey(publicKey);
    if (key === null || (await verifyByEngine(key, message, signature)) !== valid) return false;
  }
  return true;
}

function importKey(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: publicKey, format: "raw-public", asymmetricKeyType: "ed25519" });
  } catch {
    return null;
  }
}

function verifyByEngine(key: KeyObject, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      verify(null, message, key, signature, (error, valid) => resolve(error === null && valid === true));
    } catch {
      resolve(false);
    }
  });
}
