/**
 * @undersigned/core/words: what is said of a letter's number and signatories, in sentences, for pages and paper alike: so
 * that no reader is told something else than another.
 */
export * from "./appearances.ts";
export * from "./days.ts";
export * from "./names.ts";
export * from "./numbers.ts";
export * from "./tally.ts";
export * from "./verified.ts";
export * from "./words.ts";
