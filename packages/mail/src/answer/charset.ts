/**
 * From bytes to characters, by the tables that browsers have (WHATWG Encoding), and only where every reader gets the same:
 * bytes that a character set does not have are refused rather than replaced.
 */
import { Refusal } from "./refusal.ts";

const ASCII = /^(?:us-ascii|ascii|ansi_x3\.4-1968)$/;
const BY_ITS_WINDOWS_NAME = /^(?:windows|x?-?cp)-?(?:125|874)/;
const ONE_BYTE = /^(?:windows-125|windows-874|iso-8859-)/;
/** Not for text in mail (RFC 2781 section 4), or not a character set. */
const NOT_FOR_MAIL = /^(?:utf-16|replacement$|x-user-defined$)/;

/** `charset` as a mail names it. Throws Refusal `unreadable`. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  const name = charset.toLowerCase();
  const decoder = decoderOf(name);
  if (ASCII.test(name) && bytes.some((byte) => byte >= 0x80)) throw new Refusal("unreadable");
  // ISO 8859 has control characters where the Windows sets, which browsers read instead, have quotation marks.
  const controls = ONE_BYTE.test(decoder.encoding) && !BY_ITS_WINDOWS_NAME.test(name);
  if (controls && bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) throw new Refusal("unreadable");
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal("unreadable");
  }
}

function decoderOf(name: string): TextDecoder {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name, { fatal: true });
  } catch {
    throw new Refusal("unreadable");
  }
  if (NOT_FOR_MAIL.test(decoder.encoding)) throw new Refusal("unreadable");
  return decoder;
}
