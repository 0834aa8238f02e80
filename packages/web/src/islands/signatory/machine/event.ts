/** What can happen: what the person does, and what comes back from work that was begun. */
import type { CheckedMail, EarlierSignature, EnrolmentStep, SignatoryRequest } from "@undersigned/client";
import type { EnrolmentTokens, Receipt } from "@undersigned/core";
import type { ReceiptState } from "@undersigned/verify";
import type { PartName } from "../../../shared/parts.ts";
import type { LinkInvitation, Looks, OpenLog, Outcome, Problem, Standing, Typed } from "./state.ts";

/** Names of buttons, more or less. What one does depends on the screen. */
export type Act =
  | "own-device"
  | "load-again"
  | "go-on"
  | "make-phrase"
  | "written-down"
  | "confirm"
  | "keep-nothing"
  | "keep-nothing-yes"
  | "have-phrase"
  | "look-up"
  | "send-code"
  | "other-way"
  | "name-again"
  | "use-mail"
  | "use-invitation"
  | "check-code"
  | "skip-registrar"
  | "send-again"
  | "enough"
  | "ask-others"
  | "retry"
  | "sign-now"
  | "carry-over"
  | "choose-anew"
  | "save-enrolment"
  | "keep-here"
  | "forget"
  | "sign"
  | "make-file"
  | "save-receipt"
  | "check-receipt"
  | "see-state"
  | "revise"
  | "withdraw"
  | "withdraw-yes"
  | "open-file-send"
  | "send-file"
  | "invite"
  | "copy-invitation"
  | "back"
  | "leave";

export type ActEvent = { readonly type: "act"; readonly act: Act };

export type TypeEvent = {
  [Field in keyof Typed]: { readonly type: "typed"; readonly field: Field; readonly value: Typed[Field] };
}[keyof Typed];

export type FileEvent =
  | { readonly type: "file"; readonly of: "enrolment"; readonly file: Uint8Array | null }
  /** As much of a mail as a header can be long. It is checked at once. */
  | { readonly type: "file"; readonly of: "mail"; readonly file: Uint8Array }
  | { readonly type: "file"; readonly of: "receipt"; readonly file: Receipt | null }
  | { readonly type: "file"; readonly of: "request"; readonly file: SignatoryRequest | null }
  /** A file that is none of these. */
  | { readonly type: "file-refused"; readonly of: "enrolment" | "receipt" | "request" };

export type ResultEvent =
  | { readonly type: "started" }
  | { readonly type: "opened"; readonly log: OpenLog; readonly storedHere: boolean }
  | { readonly type: "part"; readonly part: PartName; readonly state: "ready" | "failed" }
  | { readonly type: "invitation"; readonly invitation: LinkInvitation }
  | { readonly type: "mail-checked"; readonly mail: CheckedMail }
  | { readonly type: "name-suggested"; readonly name: string | null }
  | { readonly type: "invitations"; readonly invitations: readonly string[] }
  | { readonly type: "copied" }
  | { readonly type: "phrase-made"; readonly phrase: string; readonly asked: readonly number[] }
  | { readonly type: "progress"; readonly registrar: string; readonly step: EnrolmentStep }
  | { readonly type: "code-asked"; readonly registrar: string; readonly wrong: number }
  | {
      readonly type: "enrolled";
      readonly tokens: EnrolmentTokens;
      readonly outcomes: readonly Outcome[];
      readonly enough: boolean;
    }
  | { readonly type: "enrolment-saved" }
  | { readonly type: "kept-here" }
  | { readonly type: "forgotten" }
  | { readonly type: "looks"; readonly looks: Looks | "failed" }
  | {
      readonly type: "taken";
      readonly request: SignatoryRequest["type"];
      readonly seq: number;
      readonly receipt: Receipt;
      readonly implausible: boolean;
    }
  | { readonly type: "file-made" }
  | { readonly type: "receipt-saved" }
  | {
      readonly type: "receipt-checked";
      readonly log: OpenLog;
      readonly receipt: Receipt;
      readonly state: ReceiptState;
    }
  | {
      readonly type: "looked-up";
      readonly log: OpenLog;
      readonly phrase: string;
      readonly standing: Standing;
      readonly earlier: EarlierSignature | null;
      readonly tokens: EnrolmentTokens | null;
      /** An enrolment was there, and it is of another epoch than the letter. */
      readonly otherPeriod: boolean;
      readonly receipt: { readonly receipt: Receipt; readonly state: ReceiptState } | null;
    }
  /** What was begun came to nothing. */
  | { readonly type: "failed"; readonly problem: Problem };

export type Event = ActEvent | TypeEvent | FileEvent | ResultEvent;
