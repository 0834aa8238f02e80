/**
 * Content-Type, Content-Transfer-Encoding and Content-Disposition (RFC 2045 sections 5 and 6, RFC 2183), by a narrow
 * reading: tokens and quoted strings; no comments, nothing twice, and no RFC 2231 for what decides how a part is read.
 */
import { fieldValue, type HeaderField, unfold } from "../header.ts";
import { Refusal } from "./refusal.ts";

export type TransferEncoding = "7bit" | "8bit" | "binary" | "quoted-printable" | "base64";

export interface ContentFields {
  /** `type/subtype` in lower case. */
  readonly type: string;
  /** By name in lower case, as written: a backslash stays, and neither a boundary nor a character set has one. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly encoding: TransferEncoding;
  readonly attached: boolean;
}

const TOKEN = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
const VALUE = new RegExp(`^ ?(${TOKEN}(?:/${TOKEN})?) ?(;[^]*)?$`);
const PARAMETER = new RegExp(`; ?(${TOKEN}) ?= ?(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)") ?(?=;|$)`, "y");
const MEDIA_TYPE = /^[^/]+\/[^/]+$/;
const ENCODINGS: readonly string[] = ["7bit", "8bit", "binary", "quoted-printable", "base64"];
/** RFC 2231. */
const IN_PIECES = /^(?:boundary|charset)\*/;

/** Of a part's fields, or a mail's. Throws Refusal `ambiguous`. */
export function readContentFields(fields: readonly HeaderField[]): ContentFields {
  const type = readValue(fields, "content-type") ?? { value: "text/plain", parameters: new Map() };
  const encoding = readValue(fields, "content-transfer-encoding") ?? { value: "7bit", parameters: new Map() };
  const disposition = readValue(fields, "content-disposition");
  const known = disposition === null || /^(?:inline|attachment)$/.test(disposition.value);
  if (!MEDIA_TYPE.test(type.value) || !known) throw new Refusal("ambiguous");
  if (!ENCODINGS.includes(encoding.value) || encoding.parameters.size > 0) throw new Refusal("ambiguous");
  return {
    type: type.value,
    parameters: type.parameters,
    encoding: encoding.value as TransferEncoding,
    attached: disposition?.value === "attachment",
  };
}

interface Value {
  /** In lower case. */
  readonly value: string;
  readonly parameters: Map<string, string>;
}

function readValue(fields: readonly HeaderField[], name: string): Value | null {
  const [field, other] = fields.filter((one) => one.name === name);
  if (field === undefined) return null;
  const match = other === undefined ? VALUE.exec(unfold(fieldValue(field))) : null;
  if (match === null) throw new Refusal("ambiguous");
  const [, value, rest = ""] = match;
  return { value: value!.toLowerCase(), parameters: readParameters(rest) };
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = 0;
  // A semicolon after the last one is common, and no program makes anything of it.
  while (at < text.length && !/^; ?$/.test(text.slice(at, at + 3))) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(text);
    if (match === null) throw new Refusal("ambiguous");
    const [whole, written, token, quoted] = match;
    const name = written!.toLowerCase();
    if (parameters.has(name) || IN_PIECES.test(name)) {
      throw new Refusal("ambiguous");
    }
    parameters.set(name, token ?? quoted!);
    at += whole.length;
  }
  return parameters;
}
