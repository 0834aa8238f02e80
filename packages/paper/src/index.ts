/**
 * @undersigned/paper: what is set in type. Print as PDF, the same bytes for the same input on any machine; and the two pictures of a
 * letter's count, its social card and its badge.
 */
export { type Badge, makeBadge } from "./card/make-badge.ts";
export { CARD_SIZE, type Card, makeCard } from "./card/make-card.ts";
export type { CountWords } from "./card/words.ts";
export { type CoverSheet, makeCoverSheet } from "./cover/make-cover-sheet.ts";
export { gatherLetterDocument, type LetterPlace } from "./document/gather.ts";
export type { LetterDocument, ShownName, ShownRole, Signatories } from "./document/letter-document.ts";
export { type MadeDocument, makeLetterDocument } from "./document/make-letter-document.ts";
export { PaperError, type PaperErrorCode } from "./errors.ts";
export { makePoster, type Poster } from "./poster/make-poster.ts";
