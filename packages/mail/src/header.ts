/**
 * The header of a mail (RFC 5322 section 2.2 and 3.6.8), as bytes that an attacker made. One pass, never further than the
 * first empty line or 64 KiB, so that a body is not so much as looked at.
 *
 * Two readers of one mail must not see different fields. So what RFC 5322 only tolerates in old mail is refused: space
 * before the colon, a continued line of white space alone, bare CR, NUL and other control characters, and lines that end
 * partly in CRLF and partly in LF. Lines that all end in LF (as files saved on many systems do) count as CRLF.
 */
import { MailError } from "./errors.ts";

/** Of the header with CRLF line ends, without the empty line. */
export const MAX_HEADER_BYTES = 65_536;
/** Of one field with its continued lines and all their CRLF. */
export const MAX_FIELD_BYTES = 16_384;
export const MAX_FIELDS = 256;

/** One field. Its text has a character for each byte (ISO 8859-1), so that the bytes can be made again. */
export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  /** Name as written, colon and value, with the CRLF of folding and without the last CRLF. */
  readonly raw: string;
}

export interface ParsedHeader {
  /** From the top down. */
  readonly fields: readonly HeaderField[];
}

const LF = 0x0a;
const CR = 0x0d;
/** All of them but the tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
const NAME = /^[\x21-\x39\x3b-\x7e]+(?=:)/;

/**
 * Reads a whole mail file up to its body, or a header alone. Throws MailError `header-missing`, `header-too-large`,
 * `header-cut-off`, `line-ends-mixed`, `character-refused`, `field-malformed`, `field-too-large`, `fields-too-many` or
 * `folding-refused`.
 */
export function parseHeader(bytes: Uint8Array): ParsedHeader {
  const fields: HeaderField[] = [];
  for (const line of headerLines(bytes)) {
    const last = fields.at(-1);
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (last === undefined) throw new MailError("field-malformed");
      if (/^[ \t]*$/.test(line)) throw new MailError("folding-refused");
      const raw = `${last.raw}\r\n${line}`;
      if (raw.length + 2 > MAX_FIELD_BYTES) throw new MailError("field-too-large");
      fields[fields.length - 1] = { name: last.name, raw };
    } else {
      const name = NAME.exec(line)?.[0];
      if (name === undefined) throw new MailError("field-malformed");
      if (fields.length === MAX_FIELDS) throw new MailError("fields-too-many");
      fields.push({ name: name.toLowerCase(), raw: line });
    }
  }
  if (fields.length === 0) throw new MailError("header-missing");
  return { fields };
}

/** The header's lines without their ends, up to the empty line or the end of the file. */
function* headerLines(bytes: Uint8Array): Generator<string> {
  // Room for the empty line too.
  const head = bytes.subarray(0, MAX_HEADER_BYTES + 2);
  let crlf: boolean | null = null;
  let size = 0;
  for (let start = 0; start < head.length; ) {
    const lf = head.indexOf(LF, start);
    if (lf < 0) throw new MailError(head.length < bytes.length ? "header-too-large" : "header-cut-off");
    const endsInCrlf = lf > start && head[lf - 1] === CR;
    crlf ??= endsInCrlf;
    if (crlf !== endsInCrlf) throw new MailError("line-ends-mixed");
    const line = head.subarray(start, endsInCrlf ? lf - 1 : lf);
    if (line.length === 0) return;
    size += line.length + 2;
    if (size > MAX_HEADER_BYTES) throw new MailError("header-too-large");
    if (line.length + 2 > MAX_FIELD_BYTES) throw new MailError("field-too-large");
    // A line is short enough by now to be the arguments of one call.
    const text = String.fromCharCode.apply(null, line as unknown as number[]);
    if (CONTROL.test(text)) throw new MailError("character-refused");
    yield text;
    start = lf + 1;
  }
  if (head.length < bytes.length) throw new MailError("header-too-large");
}

/** What comes after the colon, as it stands. */
export function fieldValue(field: HeaderField): string {
  return field.raw.slice(field.name.length + 1);
}

/** A value on one line: without the CRLF of folding (RFC 5322 section 2.2.3), white space in one space, none around. */
export function unfold(value: string): string {
  return value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .replace(/^ | $/g, "");
}

/** The bytes of text that has a character for each byte. */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
