/** The one error class of this package. Messages hold nothing of what was to be printed. */
export type PaperErrorCode =
  /** The address does not fit a code that a phone reads from a wall. */
  | "link-too-long"
  /** The recount of the log found something wrong. */
  | "recount-failed"
  | "letter-unknown"
  /** Its text is read with its link alone: what is handed over shows signatories. */
  | "letter-not-public"
  /** Too few have signed, or no batch has come out yet. */
  | "no-number"
  /** Openings that belong to the log are not among the files. */
  | "files-missing"
  /** A fault of ours or of the typesetter: the input was one that must print. */
  | "not-typeset";

export class PaperError extends Error {
  readonly code: PaperErrorCode;

  constructor(code: PaperErrorCode, message: string) {
    super(message);
    this.name = "PaperError";
    this.code = code;
  }
}
