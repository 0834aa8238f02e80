/** What became of the link, in sentences: what happened, and what to do now. */
import type { Outcome } from "./read-letter.ts";

type Problem = Exclude<Outcome, { readonly is: "read" }>["is"];

export const PROBLEMS: Readonly<Record<Problem, string>> = {
  "without-key":
    "The text of this letter is read with its link, which is longer than this page's address. Open the link as you were given it, from its beginning to its end. It is not kept in the address once it has been read, so that nobody finds it there.",
  "cut-key": "The link is not whole: the end of it is missing. Copy it again, from its beginning to its end.",
  "wrong-key":
    "The letter does not open with this link. Ask whoever gave it to you for it once more. If it stays so, do not rely on what this server shows.",
  "other-workforce":
    "This link speaks of another workforce than this page. Nothing of the letter is shown. Do not sign here.",
  "other-page":
    "This page is not the one that its address names. Nothing of the letter is shown. Do not sign here.",
  "no-file": "The letter's text is not here. It may have become public just now: load the page again.",
  unreachable: "The letter's text could not be fetched. Load the page again when you are connected.",
};
