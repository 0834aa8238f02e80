/**
 * The function that two machines evaluate together: RFC 9497 in mode VOPRF, suite ristretto255-SHA512. The arithmetic is
 * @noble/curves'; here stands what may go in and what comes out.
 *
 * Elements and scalars have 32 bytes, proofs 64 (c, then s), outputs 64. Everything that came over a network may be
 * chosen by an attacker. Decoding is that of RFC 9496 section 4.3.1, which accepts one encoding of an element only, and
 * the identity is refused (RFC 9497 section 3.3: an evaluation of it would be the same under every key).
 *
 * The library multiplies by secrets in a time that does not depend on them, as far as JavaScript allows; it inverts the
 * blind in a time that does, and a blind is used once and never seen by who could repeat the measurement.
 *
 * Lists, because one proof may cover several elements (RFC 9497 section 2.2.1); on the wire there is one.
 */
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { randomBytes as randomBytesOf } from "@undersigned/core";
import { RegistrarError } from "../errors.ts";

const { Point } = ristretto255;
const { voprf } = ristretto255_oprf;

export const ELEMENT_BYTES = 32;
export const PROOF_BYTES = 64;

export type VoprfKey = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };

/** `blind` is secret and good once; `element` is what the other party sees. */
export type Blinded = { readonly blind: Uint8Array; readonly element: Uint8Array };

/** Gives so many uniform bytes. Another than the platform's makes the same blind twice: for published vectors only. */
export type Random = (length?: number) => Uint8Array;
const platformRandom: Random = (length = ELEMENT_BYTES) => randomBytesOf(length);

/** A secret scalar, uniform and not zero; 32 bytes. */
export function makeSecretKey(): Uint8Array {
  return voprf.generateKeyPair().secretKey;
}

/** The key pair of a secret scalar. Throws `bad-scalar` for zero, for anything not below the order, and for other lengths. */
export function keyOf(secretKey: Uint8Array): VoprfKey {
  const scalar = requireScalar(secretKey);
  if (scalar === 0n) throw badScalar();
  return { secretKey, publicKey: Point.BASE.multiply(scalar).toBytes() };
}

/**
 * Hides an input, at most 65,535 bytes. The element is uniform among all but the identity, whatever the input: the
 * input's point generates the group, and the blind is a uniform non-zero scalar.
 */
export function blindInput(input: Uint8Array, random: Random = platformRandom): Blinded {
  const { blind, blinded } = voprf.blind(input, random);
  return { blind, element: blinded };
}

/** The other party's answer with a proof that `key` made it. Throws `bad-element`. */
export function evaluateBlinded(
  key: VoprfKey,
  elements: readonly Uint8Array[],
  random: Random = platformRandom,
): { evaluated: Uint8Array[]; proof: Uint8Array } {
  for (const element of elements) requireElement(element);
  return voprf.blindEvaluateBatch(key.secretKey, key.publicKey, [...elements], random);
}

export type Unfinished = Blinded & { readonly input: Uint8Array; readonly evaluated: Uint8Array };

/**
 * The outputs, 64 bytes each. Throws `bad-element`, `bad-scalar` for a proof that is not two scalars or a blind that is
 * none, and `bad-proof` unless the proof shows that the key behind `publicKey` made every answer.
 */
export function finishInputs(
  items: readonly Unfinished[],
  publicKey: Uint8Array,
  proof: Uint8Array,
): Uint8Array[] {
  requireElement(publicKey);
  if (proof.length !== PROOF_BYTES) throw badScalar();
  requireScalar(proof.subarray(0, 32));
  requireScalar(proof.subarray(32));
  for (const { blind, element, evaluated } of items) {
    requireElement(element);
    requireElement(evaluated);
    if (requireScalar(blind) === 0n) throw badScalar();
  }
  const all = items.map(({ input, blind, element, evaluated }) => ({
    input,
    blind,
    blinded: element,
    evaluated,
  }));
  try {
    return voprf.finalizeBatch(all, publicKey, proof);
  } catch {
    // Elements and scalars are sound by now: what is left to fail is the proof.
    throw new RegistrarError("bad-proof", "The second party's proof does not fit its key: ask its operator.");
  }
}

/** Throws `bad-element` unless the bytes are the one encoding of an element other than the identity. */
export function requireElement(bytes: Uint8Array): void {
  try {
    if (!Point.fromBytes(bytes).equals(Point.ZERO)) return;
  } catch {
    // Falls through: the library's messages quote what they fail on.
  }
  throw new RegistrarError("bad-element", "Send a group element of 32 bytes that is not the identity.");
}

function requireScalar(bytes: Uint8Array): bigint {
  try {
    return Point.Fn.fromBytes(bytes);
  } catch {
    throw badScalar();
  }
}

function badScalar(): RegistrarError {
  return new RegistrarError("bad-scalar", "Give scalars of 32 bytes that are below the group's order.");
}
