/** What a desk refuses with: the code of an error's answer, and its HTTP status. Pages and programs branch on the code. */
export const DESK_REFUSALS = {
  "challenge-over": 401,
  "sign-in-refused": 401,
  /** Unknown, ended, over by day, or its organiser was removed. */
  "session-over": 401,
  "signature-wrong": 401,
  "counter-used": 409,
  /** The act takes the organiser key's signature. */
  "key-needed": 403,
  /** The role does not include the act. */
  "not-allowed": 403,
  "act-unknown": 404,

  "set-up-over": 409,
  "invitation-over": 409,
  "alias-taken": 409,
  "too-many": 409,
  "organiser-unknown": 404,
  "last-owner": 409,

  "document-unknown": 404,
  "document-taken": 409,
  /** Of the other kind, or no new version of what it says. */
  "document-kind": 422,
  "document-frozen": 409,
  "document-published": 409,
  "document-too-large": 413,
  "copy-not-clean": 422,
  /** It takes more time or memory to be cleaned than a board gives. */
  "copy-too-hard": 422,
  "copy-unknown": 404,
  /** Others are being compared with their links. */
  comparing: 429,
  /** What the page has made is not what the document says now. */
  "manifest-differs": 409,
  "manifest-problems": 422,
  "not-frozen": 409,
  "no-log-key": 409,
  "statements-of-several-epochs": 422,
  "two-owners": 409,
  "not-your-key": 403,
  "listing-differs": 409,
  "closing-exists": 409,
  "closing-unknown": 404,
  "closing-by-one": 409,
  "closing-days": 422,

  /** Unlisted, open still, or of too few. */
  "delivery-not-yet": 409,
  "delivery-unprepared": 409,
  /** A mail is on its way, or may be. */
  "delivery-running": 409,
  "document-not-made": 503,
  /** What is signed is not what was prepared last. */
  "delivery-differs": 409,
  "delivery-days": 422,
  /** An earlier try may have arrived: `again` sends all the same. */
  "delivery-uncertain": 409,
  "mail-not-set-up": 409,
  "mailbox-missing": 409,
  /** The board's own mail server: nothing was handed to it. */
  "mail-unreachable": 503,
  "not-delivered": 409,
  "answers-not-set-up": 409,
  /** No more unverified answers are kept. */
  "answers-full": 409,
  "dns-unreachable": 503,
  "demand-unknown": 422,
  "record-behind": 409,
  "judgement-unknown": 404,
  "judgement-by-one": 409,
  "judgement-agreed": 409,
  "entry-days": 422,
  "entry-mismatch": 422,
  "proposal-unknown": 404,
  "proposal-by-one": 409,
  "proposal-agreed": 409,
  /** Agree to some, or drop them. */
  "proposals-full": 409,

  "lists-changed": 409,
  "reason-needed": 422,
  "reason-with-show": 422,
  "link-wrong": 422,

  "passkey-refused": 422,
  "passkey-taken": 409,
} as const;

export type DeskRefusal = keyof typeof DESK_REFUSALS;
