/**
 * What a signature is over: the fields that `h=` names and then the signature's own field without `b=`, in canonical form
 * (RFC 6376 sections 3.4.1, 3.4.2, 3.7 and 5.4.2).
 */
import { type HeaderField, type ParsedHeader, toBytes, unfold } from "./header.ts";
import type { Canonicalization, MailSignature } from "./signature.ts";

/**
 * The fields that a signature covers, in the order of `h=`. A name takes the lowest field of that name that is not taken
 * yet; where there is none, it takes nothing, and the signature fails as soon as somebody adds one.
 */
export function coveredFields(header: ParsedHeader, signature: MailSignature): HeaderField[] {
  const left = new Map<string, HeaderField[]>();
  for (const field of header.fields) {
    const same = left.get(field.name);
    if (same === undefined) left.set(field.name, [field]);
    else same.push(field);
  }
  return signature.signedNames.flatMap((name) => left.get(name)?.pop() ?? []);
}

/** The bytes that are hashed, and the hash signed. */
export function signedData(header: ParsedHeader, signature: MailSignature): Uint8Array {
  const how = signature.canonicalization;
  const covered = coveredFields(header, signature).map((field) => `${canonicalField(field.raw, how)}\r\n`);
  return toBytes(covered.join("") + canonicalField(signature.emptied, how));
}

/** A field's raw text in canonical form, without the last CRLF. What comes out stays as it is when it is done again. */
export function canonicalField(raw: string, how: Canonicalization): string {
  if (how === "simple") return raw;
  const colon = raw.indexOf(":");
  return `${raw.slice(0, colon).toLowerCase()}:${unfold(raw.slice(colon + 1))}`;
}
