/** All that the document of a letter is made of. Days are UTC days; there is nothing finer. */
import type { EndorsementClass, LetterManifest, WorkforceManifest } from "@undersigned/core";
import type { HiddenTexts, Tally } from "@undersigned/messages";

export interface LetterDocument {
  /** Ids. */
  readonly workforce: string;
  readonly letter: string;
  readonly manifest: LetterManifest;
  /** The manifest that the letter's epoch began under: it says how signatories proved themselves. */
  readonly terms: Terms;
  /** With a number: `days` is not null, and the outcome of the closing not `too-few`. */
  readonly tally: Tally;
  readonly signatories: Readonly<Record<EndorsementClass, Signatories>>;
  /** Where the board says that it is, without a slash at the end. */
  readonly board: string;
  /** The state of the log that all of this was counted from. */
  readonly checkpoint: {
    readonly origin: string;
    readonly size: number;
    /** Base64, as in the checkpoint. */
    readonly root: string;
    /** Names of witnesses. */
    readonly cosigned: readonly string[];
  };
}

export type Terms = Pick<
  WorkforceManifest,
  "bounds" | "evidence" | "existingMail" | "mailboxes" | "quorum" | "registrars" | "vouching"
>;

/** Those of one class, each list in the order in which it is printed. */
export interface Signatories {
  /** Names that registrars confirmed. */
  readonly confirmed: readonly ShownName[];
  /** Names as signatories gave them. */
  readonly given: readonly ShownName[];
  readonly roles: readonly ShownRole[];
  readonly hidden: readonly HiddenTexts[];
  /** Nothing is shown of so many. */
  readonly anonymous: number;
}

export interface ShownName {
  readonly name: string;
  readonly role: string | null;
  readonly place: string | null;
}

export interface ShownRole {
  readonly role: string;
  readonly place: string | null;
  readonly count: number;
}
