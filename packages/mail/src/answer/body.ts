/**
 * The body of a mail, as bytes that an attacker made, in the form in which it is hashed (RFC 6376 sections 3.4.3 and 3.4.4).
 * Text has a character for each byte, as in header.ts. What is shown of a mail is read from this form and from no other, so
 * that nothing can be shown that was not hashed.
 */
import type { Canonicalization } from "../signature.ts";
import { Refusal } from "./refusal.ts";

const CHUNK = 8_192;
const LONE_CR_OR_LF = /\r(?!\n)|(?<!\r)\n/;

/**
 * The body of a mail file whose header `parseHeader` takes, with CRLF line ends. A file whose lines all end in LF counts as if
 * they ended in CRLF. Throws Refusal `ambiguous` for line ends of two kinds and for a bare CR, since servers differ over what
 * ends a line.
 */
export function readBody(mail: Uint8Array): string {
  const text = toText(mail);
  // The header's lines end alike, so its first line end tells how, and the first empty line is the first of that kind.
  const firstEnd = text.indexOf("\n");
  const crlf = text[firstEnd - 1] === "\r";
  const empty = crlf ? "\r\n\r\n" : "\n\n";
  const at = text.indexOf(empty);
  const body = at < 0 ? "" : text.slice(at + empty.length);
  if (crlf ? LONE_CR_OR_LF.test(body) : body.includes("\r")) throw new Refusal("ambiguous");
  return crlf ? body : body.replaceAll("\n", "\r\n");
}

function toText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    pieces.push(String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]));
  }
  return pieces.join("");
}

/** What is hashed of a body with CRLF line ends. What comes out stays as it is when it is done again. */
export function canonicalBody(body: string, how: Canonicalization): string {
  const text = how === "simple" ? body : relaxed(body);
  let end = text.length;
  while (text.endsWith("\r\n", end)) end -= 2;
  return end === 0 && how === "relaxed" ? "" : `${text.slice(0, end)}\r\n`;
}

/** White space in one space, none at the ends of lines: in steps of which each is linear. */
function relaxed(body: string): string {
  return body
    .replace(/[ \t]+/g, " ")
    .replaceAll(" \r\n", "\r\n")
    .replace(/ $/, "");
}
