/**
 * @undersigned/clean: what gives people away in texts, links, pictures and documents, found and taken out. Decides alike in a
 * browser and in Node; no input or output, no canvas, no WebAssembly. What reads PDF files and saved pages are entries of their
 * own (`@undersigned/clean/pdf`, `@undersigned/clean/html`), since they are larger than all the rest.
 */
export * from "./errors.ts";
export {
  cleanFile,
  FILE_MOST,
  type FileParts,
  type HtmlPart,
  inspectFile,
  isClean,
  type PdfPart,
} from "./files/clean-file.ts";
export type { Cleaned, CleanedFile, FileFinding, FileFormat, FileKind, FileReport } from "./files/report.ts";
export {
  judgeShownName,
  SHOWN_NAME_MOST,
  type ShownNameRules,
  type ShownTextHit,
  type ShownTextKind,
} from "./names/judge-shown-name.ts";
export { type ReadingLevel, readingLevel } from "./reading-level.ts";
export { cleanText, inspectText, TEXT_MOST } from "./text/clean-text.ts";
export { TEXT_KINDS, type TextFinding, type TextKind } from "./text/finding.ts";
export type { FoundWords } from "./words.ts";
