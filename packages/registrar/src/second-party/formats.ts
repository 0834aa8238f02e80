/** What a registrar and its second party send each other (PROTOCOL §12). */
import {
  decodeBase64url,
  domainHash,
  encodeHex,
  epochNumber,
  hash32,
  publicKey,
  shape,
  signature64,
  version1,
} from "@undersigned/core";
import { requireElement } from "./voprf.ts";

const { bytes, list, literal, object } = shape;

/** One blinded element. `sig` is by the registrar's identity key, over the rest. */
export const evaluationRequest = object({
  type: literal("evaluation-request"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  registrar: publicKey,
  element: bytes(32),
  sig: signature64,
});
export type EvaluationRequest = shape.Infer<typeof evaluationRequest>;

/** The evaluated element, and the proof (RFC 9497 section 2.2) of it under the epoch's public key. */
export const evaluation = object({
  type: literal("evaluation"),
  v: version1,
  epoch: epochNumber,
  element: bytes(32),
  proof: bytes(64),
});
export type Evaluation = shape.Infer<typeof evaluation>;

/**
 * What a second party tells anybody. It is not signed: a registrar pins the key that its operator was told, and the
 * proofs are checked under that one.
 */
export const secondPartyCard = object({
  type: literal("second-party"),
  v: version1,
  workforce: hash32,
  keys: list(object({ epoch: epochNumber, publicKey: bytes(32) }), 0, 65_535),
});
export type SecondPartyCard = shape.Infer<typeof secondPartyCard>;

/** For two operators to compare by voice: 32 hex digits in groups of four. Throws `bad-element` for no public key. */
export function secondPartyFingerprint(publicKeyText: string): string {
  const key = decodeBase64url(publicKeyText, 32);
  requireElement(key);
  const digits = encodeHex(domainHash("second-party-key", key).subarray(0, 16));
  return digits.match(/.{4}/g)!.join(" ");
}
