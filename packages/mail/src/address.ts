/**
 * The one address of a To or From field, by a narrow reading of RFC 5322 section 3.4: a bare addr-spec, or one in angle
 * brackets after a display name. What other readers could take for another address is refused: comments, groups, routes,
 * quoted local parts, domain literals, a second address, bytes beyond ASCII, encoded words. A display name is skipped and
 * never decoded.
 */
import { MailError } from "./errors.ts";
import { unfold } from "./header.ts";
import { isDomain } from "./names.ts";

export interface MailAddress {
  readonly local: string;
  /** In lower case. */
  readonly domain: string;
}

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~`-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~`-]+)*$/;
/** Words of a display name (the dot is RFC 5322's obs-phrase, which "Example Inc." needs). */
const PHRASE = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~`. -]*$/;
const SEPARATOR = /[,;:]/;

/** Reads a field's value. Throws MailError `addresses-not-one` or `address-refused`. */
export function readOneAddress(value: string): MailAddress {
  const text = withoutQuoted(unfold(value));
  // Nothing that separates addresses or opens a group may be left outside quotes.
  if (SEPARATOR.test(text)) throw new MailError("addresses-not-one");
  const open = text.indexOf("<");
  if (open < 0) return readAddress(text);
  const words = text.slice(0, open).replaceAll(QUOTED, "");
  if (!PHRASE.test(words) || !text.endsWith(">")) throw new MailError("address-refused");
  return readAddress(text.slice(open + 1, -1));
}

/** Stands for a quoted string; a field holds no control character. */
const QUOTED = "\0";

/** Puts a mark in place of each quoted string (section 3.2.4), in one pass. */
function withoutQuoted(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) throw new MailError("address-refused");
  let marked = "";
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") throw new MailError("address-refused");
    marked += text[at] === '"' ? QUOTED : text[at];
    if (text[at] === '"') at = endOfQuoted(text, at);
  }
  return marked;
}

/** Where the quotation mark is that closes the one at `open`. */
function endOfQuoted(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === "\\") at++;
  }
  throw new MailError("address-refused");
}

function readAddress(text: string): MailAddress {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1).toLowerCase();
  if (local.length > 64 || !LOCAL.test(local) || local.includes("=?") || !isDomain(domain)) {
    throw new MailError("address-refused");
  }
  return { local, domain };
}
