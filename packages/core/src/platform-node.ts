/**
 * The platform's own cryptography, on Node: `#platform` where the condition "node" holds (platform-web.ts
 * elsewhere, with the same exports and the same verdicts). Everything handed to a verify function is an
 * attacker's, and no answer but true or false comes back: encodings are checked first (see ed25519.ts and
 * rsa-public-key.ts), then the engine decides, and any exception of its is a no.
 */

import {
  constants,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomFillSync,
  sign,
  verify,
} from "node:crypto";
import { verifyPss } from "./blind-rsa.ts";
import { concatBytes, decodeHex } from "./bytes.ts";
import {
  checkEd25519Encoding,
  checkEd25519PublicKey,
  ED25519_PROBES,
  type Ed25519Key,
  type Ed25519Signer,
  verifyEd25519Pure,
} from "./ed25519.ts";
import { CoreError } from "./errors.ts";
import { checkRsaSignatureRange, parseRsaSpki, type RsaPssKey } from "./rsa-public-key.ts";

export type { Ed25519Key, Ed25519Signer, RsaPssKey };

/** 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return plainBytes(hash("sha256", bytes, "buffer"));
}

/** 48 bytes. */
export function sha384(bytes: Uint8Array): Uint8Array {
  return plainBytes(hash("sha384", bytes, "buffer"));
}

/** A view without Buffer's own methods: Buffer's `slice` shares memory where Uint8Array's copies. */
function plainBytes(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** From the operating system's generator. */
export function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length));
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
  const copy = publicKey.slice();
  return { publicKey: copy, engineKey: engineIsStrict() ? createEd25519Key(copy) : null };
}

/** Signs with a 32-byte seed. Throws CoreError `bad-length`. */
export function createSigner(seed: Uint8Array): Ed25519Signer {
  if (seed.length !== 32) throw new CoreError("bad-length", "Give an Ed25519 seed of 32 bytes.");
  const key = createPrivateKey({
    key: concatBytes(ED25519_PKCS8_HEAD, seed),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: Uint8Array.from(spki.subarray(ED25519_SPKI_HEAD.length)),
    sign: (message) => plainBytes(sign(null, message, key)),
  };
}

/** Strict Ed25519 (ed25519.ts) under an imported key or 32 raw bytes. */
export function verifyEd25519(
  publicKey: Ed25519Key | Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  const bytes = publicKey instanceof Uint8Array ? publicKey : publicKey.publicKey;
  if (!checkEd25519Encoding(bytes, signature)) return false;
  if (!engineIsStrict()) return verifyEd25519Pure(bytes, message, signature);
  const engineKey = publicKey instanceof Uint8Array ? null : publicKey.engineKey;
  return verifyByEngine(bytes, engineKey as KeyObject | null, message, signature);
}

function verifyByEngine(
  publicKey: Uint8Array,
  engineKey: KeyObject | null,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify(null, message, engineKey ?? createEd25519Key(publicKey), signature);
  } catch {
    return false;
  }
}

/** Node's crypto may stand on a library that reads the rule otherwise; asked once, at the first use. */
function engineIsStrict(): boolean {
  strictEngine ??= ED25519_PROBES.every(
    (probe) => verifyByEngine(probe.publicKey, null, probe.message, probe.signature) === probe.valid,
  );
  return strictEngine;
}
let strictEngine: boolean | undefined;

/** RFC 8410 section 7: what comes before the 32 bytes of a seed in a PrivateKeyInfo. */
const ED25519_PKCS8_HEAD = decodeHex("302e020100300506032b657004220420");
/** RFC 8410 section 4: what comes before the 32 bytes in a SubjectPublicKeyInfo. */
const ED25519_SPKI_HEAD = decodeHex("302a300506032b6570032100");

function createEd25519Key(publicKey: Uint8Array): KeyObject {
  importsRaw ??= canImportRaw();
  return importsRaw ? createFromRaw(publicKey) : createFromDer(publicKey);
}
/** Raw import takes a third of the time of DER, and older releases of Node do not have it. */
let importsRaw: boolean | undefined;

function canImportRaw(): boolean {
  try {
    return createFromRaw(ED25519_PROBES[0].publicKey).type === "public";
  } catch {
    return false;
  }
}

function createFromRaw(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: publicKey, format: "raw-public", asymmetricKeyType: "ed25519" });
}

function createFromDer(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: concatBytes(ED25519_SPKI_HEAD, publicKey), format: "der", type: "spki" });
}

/** Makes an RSA key ready for repeated verification. Throws CoreError `bad-rsa-key` as `parseRsaSpki` does. */
export function importRsaPss(spki: Uint8Array): RsaPssKey | Promise<RsaPssKey> {
  const publicKey = parseRsaSpki(spki);
  try {
    const key = createPublicKey({ key: publicKey.spki, format: "der", type: "spki" });
    return { publicKey, engineKey: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 } };
  } catch {
    // An engine with further demands on a modulus must not decide otherwise than one without.
    return { publicKey, engineKey: null };
  }
}

/** RSASSA-PSS with SHA-384 and exactly 48 bytes of salt, under an imported key. */
export function verifyRsaPss(
  key: RsaPssKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  if (!checkRsaSignatureRange(key.publicKey, signature)) return false;
  if (key.engineKey === null) return verifyPss(key.publicKey, message, signature, 48);
  try {
    return verify("sha384", message, key.engineKey as RsaEngineKey, signature);
  } catch {
    return false;
  }
}

type RsaEngineKey = { readonly key: KeyObject; readonly padding: number; readonly saltLength: number };
