/** Why something from outside cannot be had. Never leaves this folder: callers get the reason in an answer. */

/** `refused`: by us, before or instead of connecting. */
export type OutsideFailure = "refused" | "unreachable" | "slow" | "large" | "redirects" | "unreadable";

export class OutsideError extends Error {
  readonly why: OutsideFailure;

  constructor(why: OutsideFailure) {
    super("What was asked for outside cannot be had.");
    this.name = "OutsideError";
    this.why = why;
  }
}
