/**
 * The platform's own cryptography, in browsers and other places without Node: `#platform` by default
 * (platform-node.ts on Node, with the same exports and the same verdicts). Hashes are noble's, since WebCrypto
 * has no synchronous ones; signatures are WebCrypto's. Everything handed to a verify function is an attacker's,
 * and no answer but true or false comes back: encodings are checked first (see ed25519.ts and
 * rsa-public-key.ts), then the engine decides, and any exception of its is a no.
 *
 * Where WebCrypto is missing (pages that are no secure context), lacks Ed25519 (browsers before 2025) or reads
 * its rules otherwise, our own slower arithmetic decides instead: the same verdict, later.
 */

import { sha256 as nobleSha256, sha384 as nobleSha384 } from "@noble/hashes/sha2.js";
import { verifyPss } from "./blind-rsa.ts";
import {
  checkEd25519Encoding,
  checkEd25519PublicKey,
  ED25519_PROBES,
  type Ed25519Key,
  type Ed25519Signer,
  ed25519PublicKey,
  signEd25519,
  verifyEd25519Pure,
} from "./ed25519.ts";
import { CoreError } from "./errors.ts";
import { checkRsaSignatureRange, parseRsaSpki, type RsaPssKey } from "./rsa-public-key.ts";

/** WebCrypto takes only views of unshared memory; bytes here are always that. */
type Unshared = Uint8Array<ArrayBuffer>;

/** getRandomValues gives at most this many bytes at once. */
const RANDOM_CHUNK = 65536;

export type { Ed25519Key, Ed25519Signer, RsaPssKey };

/** 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

/** 48 bytes. */
export function sha384(bytes: Uint8Array): Uint8Array {
  return nobleSha384(bytes);
}

/** From the operating system's generator. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += RANDOM_CHUNK) {
    globalThis.crypto.getRandomValues(bytes.subarray(at, at + RANDOM_CHUNK));
  }
  return bytes;
}

/**
 * Makes a 32-byte public key ready for repeated verification. Throws CoreError `bad-ed25519-key` for a
 * non-canonical or small-order encoding; bytes that lie on no curve point may pass and then verify nothing.
 */
export function importEd25519(publicKey: Uint8Array): Ed25519Key | Promise<Ed25519Key> {
  if (!checkEd25519PublicKey(publicKey)) {
    throw new CoreError(
      "bad-ed25519-key",
      "Give a canonical Ed25519 public key of 32 bytes, not of small order.",
    );
  }
  return importChecked(publicKey.slice());
}

async function importChecked(publicKey: Uint8Array): Promise<Ed25519Key> {
  if (!(await engineIsStrict())) return { publicKey, engineKey: null };
  try {
    return { publicKey, engineKey: await importByEngine(publicKey) };
  } catch {
    // Some engines look for the curve point here, others when they verify; without a key, nothing verifies.
    return { publicKey, engineKey: null };
  }
}

/** Signs with a 32-byte seed. Throws CoreError `bad-length`. */
export function createSigner(seed: Uint8Array): Ed25519Signer {
  const copy = seed.slice();
  return { publicKey: ed25519PublicKey(copy), sign: (message) => signEd25519(copy, message) };
}

/**
 * Strict Ed25519 (ed25519.ts) under an imported key or 32 raw bytes. Bytes must not change before the answer.
 */
export function verifyEd25519(
  publicKey: Ed25519Key | Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  const bytes = publicKey instanceof Uint8Array ? publicKey : publicKey.publicKey;
  if (!checkEd25519Encoding(bytes, signature)) return false;
  const engineKey = publicKey instanceof Uint8Array ? null : publicKey.engineKey;
  return verifyChecked(bytes, engineKey as CryptoKey | null, message, signature);
}

async function verifyChecked(
  publicKey: Uint8Array,
  engineKey: CryptoKey | null,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return (await engineIsStrict())
    ? verifyByEngine(publicKey, engineKey, message, signature)
    : verifyEd25519Pure(publicKey, message, signature);
}

async function verifyByEngine(
  publicKey: Uint8Array,
  engineKey: CryptoKey | null,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const key = engineKey ?? (await importByEngine(publicKey));
    return await globalThis.crypto.subtle.verify("Ed25519", key, signature as Unshared, message as Unshared);
  } catch {
    return false;
  }
}

function importByEngine(publicKey: Uint8Array): Promise<CryptoKey> {
  return globalThis.crypto.subtle.importKey("raw", publicKey as Unshared, "Ed25519", false, ["verify"]);
}

/** Asked once, at the first use. */
function engineIsStrict(): Promise<boolean> {
  strictEngine ??= askEngine();
  return strictEngine;
}
let strictEngine: Promise<boolean> | undefined;

async function askEngine(): Promise<boolean> {
  for (const probe of ED25519_PROBES) {
    const verdict = await verifyByEngine(probe.publicKey, null, probe.message, probe.signature);
    if (verdict !== probe.valid) return false;
  }
  return true;
}

/** Makes an RSA key ready for repeated verification. Throws CoreError `bad-rsa-key` as `parseRsaSpki` does. */
export function importRsaPss(spki: Uint8Array): RsaPssKey | Promise<RsaPssKey> {
  const publicKey = parseRsaSpki(spki);
  return importRsaByEngine(publicKey.spki).then(
    (engineKey) => ({ publicKey, engineKey }),
    // No WebCrypto, or one with further demands on a modulus: it must not decide otherwise than another.
    () => ({ publicKey, engineKey: null }),
  );
}

async function importRsaByEngine(spki: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
  return globalThis.crypto.subtle.importKey("spki", spki as Unshared, algorithm, false, ["verify"]);
}

/** RSASSA-PSS with SHA-384 and exactly 48 bytes of salt, under an imported key. */
export function verifyRsaPss(
  key: RsaPssKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  if (!checkRsaSignatureRange(key.publicKey, signature)) return false;
  if (key.engineKey === null) return verifyPss(key.publicKey, message, signature, 48);
  return verifyRsaByEngine(key.engineKey as CryptoKey, message, signature);
}

async function verifyRsaByEngine(
  engineKey: CryptoKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const algorithm = { name: "RSA-PSS", saltLength: 48 };
    return await globalThis.crypto.subtle.verify(
      algorithm,
      engineKey,
      signature as Unshared,
      message as Unshared,
    );
  } catch {
    return false;
  }
}
