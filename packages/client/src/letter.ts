/**
 * The letter that a person is about to sign, as the verified log has it: its place (epoch and slot decide which of the
 * person's keys signs), and what it offers. A slot that two letters share would give two signatures of one key to
 * compare, so it is refused whatever the log says.
 */
import {
  type Appearance,
  appearanceAllowed,
  CoreError,
  type LetterManifest,
  type LetterRef,
  letterId,
  parseLetterManifest,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { type ClientView, type LoggedLetter, rulesOf } from "./view.ts";

/** A letter's leaf with the place of the person's key. Throws `letter-unknown` or `slot-taken`. */
export function findLetter(
  view: ClientView,
  letter: string,
): { readonly logged: LoggedLetter; readonly at: LetterRef } {
  const logged = view.letters.get(letter);
  if (logged === undefined || logged.leaf.letter !== letter || logged.leaf.workforce !== view.workforce) {
    throw new ClientError(
      "letter-unknown",
      "This letter is not in the log. Check the link with whoever sent it.",
    );
  }
  const { epoch, slot } = logged.leaf;
  for (const [other, { leaf }] of view.letters) {
    if (other !== letter && leaf.epoch === epoch && leaf.slot === slot) {
      throw new ClientError(
        "slot-taken",
        "Two letters stand on one slot in this log. Do not sign either of them, and make this known.",
      );
    }
  }
  return { logged, at: { workforce: view.workforce, epoch, slot, letter } };
}

/**
 * The letter's text: from the log's public files or, where it is not public, from the file that the person was given,
 * which must be the one that the letter's id names. Throws `letter-text-missing`.
 */
export function letterText(logged: LoggedLetter, file: Uint8Array | undefined): LetterManifest {
  if (file === undefined) {
    if (logged.manifest !== null) return logged.manifest;
    throw new ClientError(
      "letter-text-missing",
      "The text of this letter is not public. Ask the organiser for its file, read it, and sign with it.",
    );
  }
  try {
    if (letterId(file) === logged.leaf.letter) return parseLetterManifest(file);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  throw new ClientError("letter-text-missing", "This file is not the text of the letter that the log names.");
}

/** Throws `appearance-not-offered` unless letter and workforce offer it: the board would refuse it. */
export function requireOffered(
  view: ClientView,
  { epoch }: LetterRef,
  text: LetterManifest,
  appearance: Appearance,
): void {
  if (appearanceAllowed(appearance, rulesOf(view, epoch), text)) return;
  throw new ClientError(
    "appearance-not-offered",
    `Choose one of the ways this letter offers (${text.appearances.join(", ")}), with a role and place from the workforce's lists.`,
  );
}
