/** The one error class of this package. */
export type RehearsalErrorCode =
  /** One is being played. */
  | "rehearsal-running"
  /** The letter's rule waits for more people than a rehearsal makes up. */
  | "too-many-people"
  /** It opens after it closes, or is open for longer than can be played. */
  | "too-many-days";

export class RehearsalError extends Error {
  readonly code: RehearsalErrorCode;

  constructor(code: RehearsalErrorCode, message: string) {
    super(message);
    this.name = "RehearsalError";
    this.code = code;
  }
}
