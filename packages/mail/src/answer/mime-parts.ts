/**
 * The parts of a body (RFC 2046 section 5.1), as an attacker set them out. There is one way to read them or none: a
 * boundary that begins another one, a line that is almost one, an end that is missing, text after the end, a part without
 * an end to its header, a message inside that some programs unfold, kinds of multipart that programs differ over: each
 * is refused as `ambiguous`.
 */
import { MailError } from "../errors.ts";
import { type HeaderField, parseHeader, toBytes } from "../header.ts";
import { type ContentFields, readContentFields } from "./content-fields.ts";
import { Refusal } from "./refusal.ts";

export interface Part {
  readonly content: ContentFields;
  /** Still encoded; a character for each byte. */
  readonly text: string;
}

const MAX_DEPTH = 10;
const MAX_PARTS = 100;
const MULTIPART = /^multipart\/(?:mixed|alternative|related|signed)$/;
/** RFC 2046's bchars without the space, which does not survive on every way. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=?-]{1,70}$/;

export function isMultipart({ type }: ContentFields): boolean {
  return type.startsWith("multipart/");
}

/** The boundary of a multipart. Throws Refusal `ambiguous`. */
export function boundaryOf({ type, parameters }: ContentFields): string {
  const boundary = parameters.get("boundary") ?? "";
  if (!MULTIPART.test(type) || !BOUNDARY.test(boundary)) throw new Refusal("ambiguous");
  return boundary;
}

/** All parts that are no multiparts, in their order; at most 100, at a depth of at most 10. Throws Refusal `ambiguous`. */
export function readParts(content: ContentFields, text: string): Part[] {
  const parts: Part[] = [];
  const walk = (part: Part, outer: readonly string[]): void => {
    if (parts.length >= MAX_PARTS) throw new Refusal("ambiguous");
    if (!isMultipart(part.content)) {
      if (part.content.type.startsWith("message/") && !part.content.attached) throw new Refusal("ambiguous");
      parts.push(part);
      return;
    }
    const boundary = boundaryOf(part.content);
    const nested = outer.some((one) => one.startsWith(boundary) || boundary.startsWith(one));
    const encoded = /^(?:quoted-printable|base64)$/.test(part.content.encoding);
    if (nested || encoded || part.content.attached || outer.length >= MAX_DEPTH) {
      throw new Refusal("ambiguous");
    }
    for (const inner of split(part.text, boundary)) walk(readPart(inner), [...outer, boundary]);
  };
  walk({ content, text }, []);
  return parts;
}

/** What stands between the lines of a boundary. */
function* split(text: string, boundary: string): Generator<string> {
  const body = `\r\n${text}`;
  const line = `\r\n--${boundary}`;
  let found = body.indexOf(line);
  let count = 0;
  while (found >= 0) {
    const after = found + line.length;
    const end = body.indexOf("\r\n", after);
    const rest = body.slice(after, end < 0 ? body.length : end);
    if (rest === "--") {
      if (count === 0 || (end >= 0 && /[^\r\n]/.test(body.slice(end)))) throw new Refusal("ambiguous");
      return;
    }
    found = body.indexOf(line, Math.max(end, after));
    if (rest !== "" || end < 0 || found < 0) throw new Refusal("ambiguous");
    count++;
    yield body.slice(end + 2, found);
  }
  throw new Refusal("ambiguous");
}

function readPart(text: string): Part {
  // A part may have no fields at all, and then begins with the empty line.
  if (text.startsWith("\r\n")) return { content: readContentFields([]), text: text.slice(2) };
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) throw new Refusal("ambiguous");
  return { content: readContentFields(partFields(text.slice(0, end + 2))), text: text.slice(end + 4) };
}

function partFields(text: string): readonly HeaderField[] {
  try {
    return parseHeader(toBytes(text)).fields;
  } catch (error) {
    if (error instanceof MailError) throw new Refusal("ambiguous");
    throw error;
  }
}
