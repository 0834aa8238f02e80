/** What passes between the demo and its signatories' threads. Structured clones; no phrase and no token ever leaves a thread. */

/** What all signatories know. */
export type SignatorySetting = {
  /** The board's address, without the workforce's prefix. */
  readonly board: string;
  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
  /** Where each registrar's mails come from, by its identity. */
  readonly senders: Readonly<Record<string, string>>;
};

export type Job =
  | { readonly act: "enrol"; readonly person: number; readonly losesAnswer: boolean }
  /** A second enrolment of the same mailbox with another phrase, which must be refused. */
  | { readonly act: "try-again"; readonly person: number }
  | {
      readonly act: "sign";
      readonly person: number;
      readonly losesAnswer: boolean;
      /** Posts the same request once more and compares the receipts. */
      readonly twice: boolean;
      /** Another letter than that of the setting, in the same epoch. */
      readonly letter?: string;
    }
  /** `today` is the demo's day. */
  | { readonly act: "revise" | "withdraw"; readonly person: number; readonly today: string };

export type Enrolled = {
  /** The registrars (identities) whose tokens were found right. */
  readonly by: readonly string[];
  /** By registrar, the code with which the client left it out. */
  readonly failed: Readonly<Record<string, string>>;
  /** How many there are. */
  readonly of: number;
};

export type Outcome =
  | {
      readonly ok: true;
      /** Answers that were thrown away on the way, after which the same was sent again. */
      readonly lost: number;
      /** After enrolling. */
      readonly enrolment?: Enrolled;
      /** After signing: the public key that stands in the log. */
      readonly key?: string;
    }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      /** After enrolling at too few registrars. */
      readonly enrolment?: Enrolled;
    };

/** The code of a second enrolment of one mailbox that was not refused. */
export const ENROLLED_TWICE = "enrolled-twice";

export type ToThread =
  | { readonly kind: "job"; readonly id: number; readonly job: Job }
  | { readonly kind: "code"; readonly id: number; readonly code: string | null };

export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number; readonly outcome: Outcome }
  | {
      readonly kind: "code-wanted";
      readonly id: number;
      readonly inbox: string;
      /** Identity. */
      readonly registrar: string;
      /** The one before was wrong. */
      readonly again: boolean;
    };
