/** @undersigned/paper: what is printed. PDF with real typesetting, the same bytes for the same input on any machine. */
export { type CoverSheet, makeCoverSheet } from "./cover/make-cover-sheet.ts";
export { gatherLetterDocument, type LetterPlace } from "./document/gather.ts";
export type { LetterDocument, ShownName, ShownRole, Signatories } from "./document/letter-document.ts";
export { type MadeDocument, makeLetterDocument } from "./document/make-letter-document.ts";
export { PaperError, type PaperErrorCode } from "./errors.ts";
export { makePoster, type Poster } from "./poster/make-poster.ts";
