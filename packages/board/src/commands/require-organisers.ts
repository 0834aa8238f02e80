/** What all acts of a letter's organisers have in common (PROTOCOL §4, rules 13 and 14): who may, and where. */
import type { OrganiserSignature } from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import type { LetterContext } from "../model/letter-book.ts";
import { isUnlisted } from "../model/letter-text.ts";
import type { Trx } from "../storage/schema.ts";
import { requireWelcome } from "./require-welcome.ts";

/** Throws `not-an-organiser`, `signature-invalid` where `valid` says no, `key-refused`. */
export async function requireOrganisers(
  board: Board,
  { organisers }: LetterContext,
  by: readonly Pick<OrganiserSignature, "organiser">[],
  valid: () => Promise<boolean>,
): Promise<void> {
  const keys = by.map(({ organiser }) => organiser);
  if (!keys.every((key) => organisers.includes(key))) {
    throw new BoardError(
      "not-an-organiser",
      "Only organisers whom the letter itself names can do this: use their keys.",
    );
  }
  if (!(await valid())) {
    throw new BoardError(
      "signature-invalid",
      "An organiser's signature is not over what was sent, for this letter and workforce: sign it again.",
    );
  }
  await requireWelcome(board, keys);
}

/** Throws `letter-unlisted`. `letter` is its number. */
export async function requirePublic(trx: Trx, letter: number): Promise<void> {
  if (!(await isUnlisted(trx, letter))) return;
  throw new BoardError(
    "letter-unlisted",
    "What becomes of a letter is public, and this one is for those with its link only: make it public first.",
  );
}
