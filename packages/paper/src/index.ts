/** @undersigned/paper: what is printed. PDF with real typesetting, the same bytes for the same input on any machine. */
export { PaperError, type PaperErrorCode } from "./errors.ts";
export { makePoster, type Poster } from "./poster/make-poster.ts";
