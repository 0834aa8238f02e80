/**
 * @undersigned/rehearsal: plays a letter that is not published yet from its first day to its last, with colleagues who do not
 * exist, in a board and a log of its own that live in memory. Formats, batches and recount are the real ones.
 */
export { RehearsalError, type RehearsalErrorCode } from "./errors.ts";
export { peopleFor } from "./plan.ts";
export { type RehearsalState, type RehearsalSubject, Rehearsals } from "./rehearsals.ts";
