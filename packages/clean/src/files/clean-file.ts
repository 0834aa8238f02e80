/** Finds what a file gives away, and takes it out. What is shown stays as it is: nothing is decoded and made anew. */
import { equalBytes, utf8Decode, utf8Encode } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { cleanText, inspectText } from "../text/clean-text.ts";
import type { TextFinding } from "../text/finding.ts";
import { formatOf } from "./format.ts";
import { cleanJpeg } from "./jpeg.ts";
import { cleanPng } from "./png.ts";
import type { Cleaned, CleanedFile, FileFinding, FileReport } from "./report.ts";
import { cleanWebp } from "./webp.ts";

export const FILE_MOST = 32 * 1024 * 1024;

/** What `@undersigned/clean/pdf` exports. */
export interface PdfPart {
  cleanPdf(bytes: Uint8Array, isUntrusted: boolean): Promise<Cleaned>;
}

/** What `@undersigned/clean/html` exports. */
export interface HtmlPart {
  cleanHtml(bytes: Uint8Array): Cleaned;
}

/** How to get the parts that read PDF files and saved pages: they are large, and loaded only for these. */
export interface FileParts {
  readonly pdf?: () => Promise<PdfPart>;
  readonly html?: () => Promise<HtmlPart>;
}

/**
 * `name` is looked at for what it says itself. Throws `file-too-large`, `pdf-part-missing`, `html-part-missing`, and for what is not in its
 * format's form `file-malformed`, `file-cut-off`, `file-locked`, `file-expands`, `file-too-deep`, `page-empty`, `file-unsupported`.
 */
export async function inspectFile(bytes: Uint8Array, name = "", parts: FileParts = {}): Promise<FileReport> {
  const known = formatOf(bytes);
  const named = TELLING_NAME.test(name) ? [NAME_FINDING] : [];
  if (known.format === "unsupported")
    return { format: known.format, advice: known.advice, findings: named, text: [] };
  const { removed, left: own = [] } = await cleanFile(bytes, parts);
  const text = known.format === "text" ? inspectText(utf8Decode(bytes)) : [];
  const left = text.filter(({ mends }) => !mends).map(asFileFinding);
  return {
    format: known.format,
    advice: null,
    findings: [...named, ...removed, ...own, ...unique(left)],
    text,
  };
}

/**
 * The file without what gives people away; cleaning it again gives the same bytes. Throws as `inspectFile` does, and
 * `file-unsupported` where that reports it.
 */
export async function cleanFile(bytes: Uint8Array, parts: FileParts = {}): Promise<CleanedFile> {
  return clean(bytes, parts, false);
}

/**
 * Whether the bytes are just what `cleanFile` gives. For a server: false, and nothing thrown, for whatever else. Of a text
 * it says nothing that only its writer can mend.
 */
export async function isClean(bytes: Uint8Array, parts: FileParts = {}): Promise<boolean> {
  try {
    return equalBytes((await clean(bytes, parts, true)).bytes, bytes);
  } catch (error) {
    if (error instanceof CleanError && !error.code.endsWith("-part-missing")) return false;
    throw error;
  }
}

async function clean(bytes: Uint8Array, parts: FileParts, isUntrusted: boolean): Promise<CleanedFile> {
  if (bytes.length > FILE_MOST) throw new CleanError("file-too-large");
  const { format } = formatOf(bytes);
  switch (format) {
    case "unsupported":
      throw new CleanError("file-unsupported");
    case "jpeg":
      return { format, ...cleanJpeg(bytes) };
    case "png":
      return { format, ...cleanPng(bytes) };
    case "webp":
      return { format, ...cleanWebp(bytes) };
    case "text":
      return { format, ...cleanTextFile(bytes) };
    case "html": {
      if (parts.html === undefined) throw new CleanError("html-part-missing");
      const { cleanHtml } = await parts.html();
      return { format, ...cleanHtml(bytes) };
    }
    case "pdf": {
      if (parts.pdf === undefined) throw new CleanError("pdf-part-missing");
      const { cleanPdf } = await parts.pdf();
      return { format, ...(await cleanPdf(bytes, isUntrusted)) };
    }
  }
}

function cleanTextFile(bytes: Uint8Array): Cleaned {
  const text = utf8Decode(bytes);
  const removed = inspectText(text)
    .filter(({ mends }) => mends)
    .map(asFileFinding);
  const out = utf8Encode(cleanText(text));
  // What is no longer a text without its marks was none with them.
  if (formatOf(out).format !== "text") throw new CleanError("file-malformed");
  return { bytes: out, removed: unique(removed) };
}

const asFileFinding = ({ words, mends }: TextFinding): FileFinding => ({ kind: "text", words, mends });

function unique(findings: readonly FileFinding[]): FileFinding[] {
  return [...new Map(findings.map((one) => [one.words, one])).values()];
}

/** A camera's or a screenshot's count or time, or a mail address. */
const TELLING_NAME =
  /\d{4}[-_. ]?\d{2}[-_. ]?\d{2}|\d{6,}|(?:IMG|DSC|DSCN|PXL|MVIMG|WhatsApp)[-_ ]?\d+|screenshot|@/i;

export const WORDS = {
  name: "The file's name says when or by what it was made. It is not published, but give it another one if you pass it on.",
} as const;

const NAME_FINDING: FileFinding = { kind: "name", words: WORDS.name, mends: false };
