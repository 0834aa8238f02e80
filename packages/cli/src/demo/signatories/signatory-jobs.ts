/** What passes between the demo and its signatories' threads. Structured clones; no phrase and no token ever leaves a thread. */

/** What all signatories know. */
export type SignatorySetting = {
  /** The board's address, without the workforce's prefix. */
  readonly board: string;
  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
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
    }
  /** `today` is the demo's day. */
  | { readonly act: "revise" | "withdraw"; readonly person: number; readonly today: string };

export type Outcome =
  /** `lost`: answers that were thrown away on the way, after which the same was sent again. */
  | { readonly ok: true; readonly lost: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

export type ToThread =
  | { readonly kind: "job"; readonly id: number; readonly job: Job }
  | { readonly kind: "code"; readonly id: number; readonly code: string | null };

export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: "code-wanted"; readonly id: number; readonly inbox: string };
