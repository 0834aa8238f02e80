/** What a file is, by its bytes; a name can say anything. */
import { utf8Decode } from "@undersigned/core";
import { decodePage, withoutComments } from "./html-encoding.ts";
import type { FileFormat } from "./report.ts";

type Advice = (typeof WORDS)[keyof typeof WORDS];

/** The format, or a sentence that says what to do with a file of another one. */
export function formatOf(
  bytes: Uint8Array,
): { format: FileFormat } | { format: "unsupported"; advice: Advice } {
  if (has(bytes, 0, "\xff\xd8\xff")) return { format: "jpeg" };
  if (has(bytes, 0, "\x89PNG\r\n\x1a\n")) return { format: "png" };
  if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) return { format: "webp" };
  if (has(bytes, 0, "%PDF-")) return { format: "pdf" };
  if (isPage(bytes)) return { format: "html" };
  if (!isArchivedPage(bytes) && isText(bytes)) return { format: "text" };
  return { format: "unsupported", advice: adviceFor(bytes) };
}

/** What to do with a file that cannot be cleaned. */
export const WORDS = {
  archive:
    "This is a document of an office program, or an archive: it holds names, times and earlier versions. Save it as PDF.",
  oldOffice:
    "This is a document of an old office program: it holds names, times and earlier versions. Save it as PDF.",
  film: "This is a picture or a film of a kind that cannot be cleaned here. Save a picture as PNG or JPEG.",
  picture: "This is a picture of a kind that cannot be cleaned here. Save it as PNG.",
  page: "This is a page saved as an archive: it holds when and by which program it was saved. Save it anew as “web page, HTML only”, or as PDF.",
  office: "This is a document of an office program. Save it as PDF.",
  other: "This kind of file cannot be cleaned here. Save it as PDF, PNG or JPEG.",
} as const;

function adviceFor(bytes: Uint8Array): Advice {
  if (has(bytes, 0, "PK")) return WORDS.archive;
  if (has(bytes, 0, "\xd0\xcf\x11\xe0")) return WORDS.oldOffice;
  if (has(bytes, 4, "ftyp")) return WORDS.film;
  if (has(bytes, 0, "GIF8") || has(bytes, 0, "II*\0") || has(bytes, 0, "MM\0*") || has(bytes, 0, "BM"))
    return WORDS.picture;
  if (isArchivedPage(bytes)) return WORDS.page;
  if (has(bytes, 0, "{\\rtf")) return WORDS.office;
  return WORDS.other;
}

/** How much of a page's beginning is looked at. */
const BEGINNING = 1_024;

/** Begins as a document of HTML, whatever its characters are written in; remarks of who saved it may stand before. */
function isPage(bytes: Uint8Array): boolean {
  const start = withoutComments(decodePage(bytes.subarray(0, BEGINNING)));
  return /^\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)[\s>]/i.test(start.replace(/^\ufeff/, ""));
}

/** MHTML of Chromium, Firefox's add-ons and Internet Explorer; Safari's web archive. */
function isArchivedPage(bytes: Uint8Array): boolean {
  if (has(bytes, 0, "bplist00")) return true;
  const start = String.fromCharCode(...bytes.subarray(0, BEGINNING));
  return /^MIME-Version:/im.test(start) && /^Content-Type:\s{0,9}multipart\/related/im.test(start);
}

/** UTF-8 without control characters but tabs and line ends, and no markup of a document. */
function isText(bytes: Uint8Array): boolean {
  if (has(bytes, 0, "{\\rtf") || bytes.includes(0)) return false;
  try {
    const text = utf8Decode(bytes);
    return !/^\ufeff?\s*(?:<\?xml|<!doctype|<svg|<html)/i.test(text.slice(0, 1_000));
  } catch {
    return false;
  }
}

function has(bytes: Uint8Array, at: number, text: string): boolean {
  return (
    bytes.length >= at + text.length &&
    Array.from(text).every((one, i) => bytes[at + i] === one.charCodeAt(0))
  );
}
