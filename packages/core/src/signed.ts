/**
 * Signed objects (PROTOCOL §1): the field `sig` is an Ed25519 signature over the domain string of the object's type and
 * the object's canonical bytes without `sig`.
 */
import { createSigner, verifyEd25519 } from "#platform";
import { decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical, type JsonValue } from "./canonical-json.ts";
import { domainMessage } from "./hash.ts";

export interface Signer {
  /** Ed25519 public key, base64url. */
  readonly publicKey: string;
  /** Signature over the message, 64 bytes. Deterministic. */
  sign(message: Uint8Array): Uint8Array;
}

/** A signer from a 32-byte Ed25519 seed. */
export function signerFromSeed(seed: Uint8Array): Signer {
  const { publicKey, sign } = createSigner(seed);
  return { publicKey: encodeBase64url(publicKey), sign };
}

type Signed = { readonly type: string; readonly sig: string };

/** The message that `sig` of an object signs. A `sig` field, if there is one, is left out. */
export function signedMessage(object: { readonly type: string }): Uint8Array {
  const { sig: _, ...rest } = object as Signed;
  return domainMessage(object.type, encodeCanonical(rest as JsonValue));
}

/** The object with its signature. */
export function signObject<T extends { readonly type: string }>(
  object: T,
  signer: Signer,
): T & { sig: string } {
  return { ...object, sig: encodeBase64url(signer.sign(signedMessage(object))) };
}

/** Whether `sig` is the signature of `publicKey` (base64url) over the object. Strict Ed25519. Both texts must have passed their shapes, else CoreError. */
export async function verifyObject(object: Signed, publicKey: string): Promise<boolean> {
  return verifyEd25519(
    decodeBase64url(publicKey, 32),
    signedMessage(object),
    decodeBase64url(object.sig, 64),
  );
}

/** Signature over another object of a type of its own that is not sent itself (manifests, consents). */
export function signDetached(thing: string, object: JsonValue, signer: Signer): string {
  return encodeBase64url(signer.sign(domainMessage(thing, encodeCanonical(object))));
}

export async function verifyDetached(
  thing: string,
  object: JsonValue,
  publicKey: string,
  sig: string,
): Promise<boolean> {
  return verifyEd25519(
    decodeBase64url(publicKey, 32),
    domainMessage(thing, encodeCanonical(object)),
    decodeBase64url(sig, 64),
  );
}
