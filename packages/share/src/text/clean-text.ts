/**
 * Text that goes into files which programs of others read. Whoever wrote it may be an attacker: it may hold anything that a string
 * can. What no format can carry is replaced by U+FFFD, so that it is seen that there was something.
 */

/**
 * What XML 1.0 (§2.2) has no character for, and controls that it only discourages; halves of pairs, which UTF-8 cannot write; and
 * what turns text around beyond its own end (UAX 9 §2): it would reach into the words of whoever shows it.
 */
const NOT_CARRIED = /(?![\t\n])\p{Cc}|[\p{Cs}\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/gu;
const LINE_END = /\r\n?|[\u0085\u2028\u2029]/g;

/** As it was, in lines that end with a line feed alone. */
export function lines(text: string): string {
  return text.replace(LINE_END, "\n").replace(NOT_CARRIED, "\ufffd");
}

/** In one line, for a title. */
export function oneLine(text: string): string {
  return lines(text)
    .replace(/[\n\t ]+/g, " ")
    .trim();
}

export type Direction = "ltr" | "rtl";

const FIRST_STRONG = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * A line for a format that knows no direction: readers take that of the first letter (UAX 9, P2). Where that is not the line's own, a mark
 * without a shape (U+200E, U+200F) comes before it.
 */
export function steered(text: string, direction: Direction): string {
  const first = FIRST_STRONG.exec(text)?.[0];
  const found = first === undefined ? null : RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
  if (found === direction || (found === null && direction === "ltr")) return text;
  return `${direction === "rtl" ? "\u200f" : "\u200e"}${text}`;
}

const TAG = /^(?:x-default|[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)$/;

/** A language that every format takes: `und` (undetermined) where it is none. */
export function languageTag(language: string): string {
  return TAG.test(language) ? language : "und";
}

const AUTHORITY = /^[a-z]+:\/\/[A-Za-z0-9.:[\]-]*/;
const NOT_IN_ADDRESS = /%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]/gu;

/** An address whose every character may stand where it does (RFC 3986); what may not is percent-encoded. */
export function address(url: string): string {
  const text = url.toWellFormed();
  const authority = AUTHORITY.exec(text)?.[0] ?? "";
  const [path = "", ...fragments] = text.slice(authority.length).split("#");
  const encoded = [path, ...(fragments.length === 0 ? [] : [fragments.join("#")])].map((part) =>
    part.replace(NOT_IN_ADDRESS, encodeURIComponent),
  );
  return authority + encoded.join("#");
}
