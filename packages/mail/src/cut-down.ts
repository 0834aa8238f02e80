/**
 * A mail cut down to what its signature covers: all that leaves the person's device, and all that a registrar takes.
 *
 *     DKIM-Signature: …   CRLF
 *     the fields that h= covers, the last one first, each with its CRLF
 *
 * Last first, since `h=` takes the fields of one name from the bottom up: read so, they come in the order of `h=`. Where
 * the fields stood in the mail is not kept, nor is any field that nobody signed.
 */
import { equalBytes } from "@undersigned/core";
import { MailError } from "./errors.ts";
import { type ParsedHeader, parseHeader, toBytes } from "./header.ts";
import { listedSignatures, type MailSignature } from "./signature.ts";
import { coveredFields } from "./signed-data.ts";

/** The bytes above, for a signature that the same header lists. Verifies as the whole header does. */
export function cutDown(header: ParsedHeader, signature: MailSignature): Uint8Array {
  const fields = [signature.field, ...coveredFields(header, signature).reverse()];
  return toBytes(fields.map((field) => `${field.raw}\r\n`).join(""));
}

/**
 * Reads bytes that `cutDown` could have made, and no others. Throws MailError `not-cut-down`, and what `parseHeader` and
 * the reading of its signature throw.
 */
export function parseCutDown(bytes: Uint8Array): { header: ParsedHeader; signature: MailSignature } {
  const header = parseHeader(bytes);
  const [first] = listedSignatures(header);
  if (first === undefined) throw new MailError("not-cut-down");
  if (first.signature === null) throw first.error;
  // Whatever is there besides, another signature too, makes a difference here.
  if (!equalBytes(cutDown(header, first.signature), bytes)) throw new MailError("not-cut-down");
  return { header, signature: first.signature };
}
