/**
 * The one text/plain part of a mail, from the form of the body that was hashed, word for word: decoded, its lines ended by
 * LF, tabs as spaces, in normalisation form C, without empty lines around it. Nothing else is done to it (format=flowed
 * is left as it is), and what shows something else than it holds is refused.
 */
import { checkText, MAX_ANSWER_TEXT } from "@undersigned/core";
import type { ParsedHeader } from "../header.ts";
import { toBytes } from "../header.ts";
import type { MailSignature } from "../signature.ts";
import { decodeBase64 } from "../tag-list.ts";
import { decodeCharset } from "./charset.ts";
import { type ContentFields, readContentFields, type TransferEncoding } from "./content-fields.ts";
import { boundaryOf, isMultipart, type Part, readParts } from "./mime-parts.ts";
import { Refusal } from "./refusal.ts";

export interface PlainText {
  readonly text: string;
  /** Whether the body holds nothing besides but text/html: no file, no picture, no other mail. */
  readonly alone: boolean;
}

/**
 * `body` is in canonical form. Throws Refusal `ambiguous`, `content-not-signed`, `no-plain-text`, `several-plain-texts`,
 * `unreadable`, `characters-refused` or `text-too-long`. With `signature` null nothing is asked of what is signed: for mails
 * that do not count, and that organisers are to see all the same.
 */
export function readPlainText(
  header: ParsedHeader,
  body: string,
  signature: Pick<MailSignature, "signedNames"> | null,
): PlainText {
  const content = readContentFields(header.fields);
  if (signature !== null && !isSettled(content, header, body, signature.signedNames)) {
    throw new Refusal("content-not-signed");
  }
  const parts = readParts(content, body);
  const [part, other] = parts.filter(({ content: { type, attached } }) => type === "text/plain" && !attached);
  if (part === undefined) throw new Refusal("no-plain-text");
  if (other !== undefined) throw new Refusal("several-plain-texts");
  const alone = parts.every(
    (one) => one === part || (one.content.type === "text/html" && !one.content.attached),
  );
  return { text: textOf(part), alone };
}

/**
 * Whether only one reading of the body fits what was signed, whatever somebody may have done to the mail's own fields that
 * were not. Big providers do not sign Content-Type. A multipart then speaks for itself if a line of its boundary is the
 * first thing in it (the closing one is the last in any case): no other boundary fits. A single text does not.
 */
function isSettled(
  content: ContentFields,
  { fields }: ParsedHeader,
  body: string,
  signedNames: readonly string[],
): boolean {
  if (isMultipart(content)) {
    return body.startsWith(`--${boundaryOf(content)}\r\n`) || signedNames.includes("content-type");
  }
  if (!signedNames.includes("content-type")) return false;
  if (signedNames.includes("content-transfer-encoding")) return true;
  // Signers leave out a field that is not there; so one that was taken away must not show in the text.
  return !fields.some(({ name }) => name === "content-transfer-encoding") && !looksEncoded(body);
}

function looksEncoded(body: string): boolean {
  return /=(?:\r\n|[0-9A-Fa-f]{2})/.test(body) || (!body.includes(" ") && decodeBase64(body) !== null);
}

function textOf({ content, text: encoded }: Part): string {
  const bytes = decodeTransfer(encoded, content.encoding);
  const text = decodeCharset(bytes, content.parameters.get("charset") ?? "us-ascii")
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", " ")
    .normalize("NFC");
  const [start, end] = withoutEmptyLines(text);
  const shown = text.slice(start, end);
  if (!/\S/.test(shown)) throw new Refusal("no-plain-text");
  if (isLongerThan(shown, MAX_ANSWER_TEXT)) throw new Refusal("text-too-long");
  if (checkText(shown, 1, MAX_ANSWER_TEXT, true) !== null) throw new Refusal("characters-refused");
  return shown;
}

/** In characters, as core counts them. */
function isLongerThan(text: string, most: number): boolean {
  return text.length > 2 * most || (text.length > most && [...text].length > most);
}

function withoutEmptyLines(text: string): [number, number] {
  let start = 0;
  let end = text.length;
  while (text[start] === "\n") start++;
  while (end > start && (text[end - 1] === "\n" || text[end - 1] === " ")) end--;
  return [start, end];
}

const NOT_QUOTED_PRINTABLE = /[^\t\r\n\x20-\x7e]|=(?!\r\n|[0-9A-Fa-f]{2})|[ \t](?=\r\n|$)/;

/** Only what every decoder takes alike (RFC 2045 sections 6.7 and 6.8). */
function decodeTransfer(text: string, encoding: TransferEncoding): Uint8Array {
  if (encoding === "base64") {
    const bytes = decodeBase64(text);
    if (bytes === null) throw new Refusal("unreadable");
    return bytes;
  }
  if (encoding === "quoted-printable") {
    if (NOT_QUOTED_PRINTABLE.test(text)) throw new Refusal("unreadable");
    const decoded = text
      .replaceAll("=\r\n", "")
      .replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return toBytes(decoded);
  }
  // NUL is refused with the other control characters.
  if (encoding === "7bit" && /[\x80-\xff]/.test(text)) throw new Refusal("unreadable");
  return toBytes(text);
}
