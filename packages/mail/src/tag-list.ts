/**
 * Tag lists (RFC 6376 section 3.2): `v=1; a=rsa-sha256; …`, in a signature's field and in a key record.
 *
 *     tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
 *     tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
 *
 * A tag that is there twice makes the list invalid, so that no two readers can each take another one. Tags of unknown
 * name are left alone, as the section demands.
 */
import { decodeBase64url, encodeBase64url } from "@undersigned/core";
import { MailError } from "./errors.ts";

export interface Tag {
  /** Without white space around it. */
  readonly value: string;
  /** Where, in the text, what stands between "=" and the next ";" begins and ends. */
  readonly start: number;
  readonly end: number;
}

export type Tags = ReadonlyMap<string, Tag>;

const SPEC = /^[ \t\r\n]*([A-Za-z][A-Za-z0-9_]*)[ \t\r\n]*=([\x20-\x7e\t\r\n]*)$/;
const BLANK = /^[ \t\r\n]*$/;

/** In their order. Throws MailError `tags-malformed` or `tag-repeated`. */
export function parseTags(text: string): Tags {
  const tags = new Map<string, Tag>();
  const specs = text.split(";");
  if (BLANK.test(specs.at(-1)!)) specs.pop();
  let at = 0;
  for (const spec of specs) {
    const match = SPEC.exec(spec);
    if (match === null) throw new MailError("tags-malformed");
    const name = match[1]!;
    const value = match[2]!;
    const end = at + spec.length;
    if (tags.has(name)) throw new MailError("tag-repeated");
    tags.set(name, { value: value.trim(), start: end - value.length, end });
    at = end + 1;
  }
  if (tags.size === 0) throw new MailError("tags-malformed");
  return tags;
}

/** The parts of a list with ":" between them, without the white space that may stand around each. */
export function splitColons(value: string): string[] {
  return value.split(":").map((part) => part.trim());
}

/** base64 in its one spelling, white space within aside (RFC 6376 section 3.5, "b="); null for anything else. */
export function decodeBase64(value: string): Uint8Array | null {
  const text = value.replace(/[ \t\r\n]/g, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    return decodeBase64url(text.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_"));
  } catch {
    return null;
  }
}

/** base64 as `decodeBase64` takes it, without white space. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}
