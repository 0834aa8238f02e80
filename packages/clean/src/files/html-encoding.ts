/**
 * From a page's bytes to its characters, once and for all: what is written is UTF-8 and says so. The order is that of browsers
 * (HTML Standard, 13.2.3), without what they guess: a mark at the beginning, what the page declares, UTF-8, windows-1252.
 */

/** How far browsers look for a declaration. */
const LOOKED_AT = 1_024;

export function decodePage(bytes: Uint8Array): string {
  return marked(bytes) ?? declared(bytes) ?? decodeAs("utf-8", bytes, true) ?? latin(bytes);
}

function marked(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs("utf-8", bytes, false);
  if (a === 0xff && b === 0xfe) return decodeAs("utf-16le", bytes, false);
  if (a === 0xfe && b === 0xff) return decodeAs("utf-16be", bytes, false);
  return null;
}

/** Who declares UTF-16 in ASCII means UTF-8. Unknown names, UTF-7 among them, declare nothing. */
function declared(bytes: Uint8Array): string | null {
  const start = latin(bytes.subarray(0, LOOKED_AT));
  const [, name] =
    /<meta\s[^<>]*?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.+-]{1,40})/i.exec(withoutComments(start)) ?? [];
  if (name === undefined) return null;
  return decodeAs(/^utf-?16/i.test(name) ? "utf-8" : name, bytes, false);
}

/** The text without comments; one that does not end goes to the end. */
export function withoutComments(text: string): string {
  let out = "";
  let at = 0;
  for (let from = text.indexOf("<!--"); from !== -1; from = text.indexOf("<!--", at)) {
    out += text.slice(at, from);
    const end = text.indexOf("-->", from + 2);
    if (end === -1) return out;
    at = end + 3;
  }
  return out + text.slice(at);
}

const latin = (bytes: Uint8Array) => new TextDecoder("windows-1252").decode(bytes);

/** Null for an unknown name, and for bytes that are not in it where `isStrict`. */
function decodeAs(name: string, bytes: Uint8Array, isStrict: boolean): string | null {
  try {
    return new TextDecoder(name, { fatal: isStrict }).decode(bytes);
  } catch {
    return null;
  }
}
