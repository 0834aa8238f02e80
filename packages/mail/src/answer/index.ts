/**
 * @undersigned/mail/answer: whether a mail is the addressee's answer to a letter, and what is published of it (decision 27).
 * An entry of its own, since whoever enrols by a mail needs none of it. No input or output: DNS is asked by a function that
 * the caller hands in.
 */
export type { ExpectedAnswer } from "./claims.ts";
export type { Withheld } from "./evidence.ts";
export {
  checkAnswerEvidence,
  type KeyOf,
  type ReadAnswer,
  readAnswer,
  type UnverifiedAnswer,
  type VerifiedAnswer,
} from "./read-answer.ts";
export { UNVERIFIED_SENTENCES, type UnverifiedReason } from "./refusal.ts";
export { type AnswerNonce, MAX_SUBJECT } from "./subject.ts";
