/** Why a mail does not count, in the words of the package that decides it. */
import { UNVERIFIED_SENTENCES } from "@undersigned/mail/answer";

/** A board may know a reason that this page does not. */
export function reasonWords(reason: string): string {
  return Object.hasOwn(UNVERIFIED_SENTENCES, reason)
    ? (UNVERIFIED_SENTENCES as Readonly<Record<string, string>>)[reason]!
    : "The board says that it does not count, for a reason that this page does not know.";
}
