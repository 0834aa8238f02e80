/** The screens of the signatory's way. One thing is done on each; tests and styles find them by these names. */
export type ScreenName =
  | "starting"
  | "stopped"
  | "warning"
  | "learns"
  | "phrase"
  | "phrase-shown"
  | "phrase-confirm"
  | "keep-nothing"
  | "phrase-typed"
  | "mailbox"
  | "reserving"
  | "code"
  | "enrolling"
  | "enrol-failed"
  | "later"
  | "appearance"
  | "remainder"
  | "review"
  | "sending"
  | "receipt"
  | "state"
  | "revise"
  | "withdraw"
  | "withdrawn"
  | "file-send"
  | "left";

/** Screens on which the person waits. Going back never leads to one: what is done there is not done again. */
export const PASSING: ReadonlySet<ScreenName> = new Set(["starting", "reserving", "enrolling", "sending"]);
