/**
 * Whether a file that is no page may lie on a mirror as it is. A picture or feed that is opened by itself is a document of the mirror's own
 * origin: one in XML could run a script there.
 */

const MARKUP = /\.(?:atom|rss|svg|xml)$/i;
const RUNS =
  /<(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|handler|listener|set|animate\w*)[\s/>]|<!(?:doctype|entity)|<\?xml-stylesheet|[\s"'/]on[a-z]+\s*=|(?:java|vb)script\s*:|href\s*=\s*["']?\s*data:/i;

export function isHarmless(file: string, bytes: Uint8Array): boolean {
  if (!MARKUP.test(file)) return true;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  if (text.includes("\0") || /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i.test(text)) return false;
  // A letter may be written as its number.
  return !RUNS.test(text) && !RUNS.test(text.replace(/&#(x?)([0-9a-f]{1,6});?/gi, written));
}

function written(_all: string, hex: string, digits: string): string {
  const code = Number.parseInt(digits, hex === "" ? 10 : 16);
  // A bracket that is written as its number is none.
  return code > 0x3e && code < 0x80 ? String.fromCharCode(code) : " ";
}
