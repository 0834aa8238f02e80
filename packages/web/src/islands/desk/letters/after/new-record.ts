/** A new record of a letter, with a salt of its own, and its signature; and the signature that withholds a response's text. */
import {
  type ActBody,
  encodeBase64url,
  encodeRecord,
  type OrganiserRecord,
  RECORD_OF_LEAF,
  recordHash,
  type Signer,
  signObject,
  signRecord,
  type WithheldRecord,
} from "@undersigned/core";

export interface OfLetter {
  readonly workforce: string;
  readonly letter: string;
}

/** What every record begins with. The salt is random: once a text is withheld, its hash tells nothing of it. */
export function commonOf({ workforce, letter }: OfLetter) {
  const salt = encodeBase64url(crypto.getRandomValues(new Uint8Array(32)));
  return { v: 1 as const, salt, workforce, letter };
}

/** By the organiser's key over M(type, {letter, record, workforce}). */
export function signNew(
  type: keyof typeof RECORD_OF_LEAF,
  record: OrganiserRecord,
  organiser: Signer,
): string {
  const hash = recordHash(RECORD_OF_LEAF[type], encodeRecord(record));
  const { workforce, letter } = record;
  return signRecord({ type, workforce, letter, record: hash }, organiser).sig;
}

/** What withholds a response's text, by the organiser's key over the withhold request (PROTOCOL §9). */
export function withholding(
  of: OfLetter,
  record: string,
  reason: WithheldRecord["reason"],
  organiser: Signer,
): ActBody<"response-withhold"> {
  const { workforce, letter } = of;
  const body = { workforce, letter, record, reason };
  const request = { type: "withhold-request", v: 1, ...body, organiser: organiser.publicKey };
  return { ...body, sig: signObject(request, organiser).sig };
}
