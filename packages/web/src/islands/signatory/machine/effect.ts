/** What the machine asks to be done. An effect holds all that is needed for it, and its end comes back as an event. */
import type { CheckedMail, SignatoryRequest } from "@undersigned/client";
import type { Appearance, EnrolmentTokens, Invitation, KeyHead, Receipt } from "@undersigned/core";
import type { PartName } from "../../../shared/parts.ts";
import type { PageLink } from "../../page-link.ts";
import type { OpenLog } from "./state.ts";

/** What is to be signed. */
export type Making = {
  readonly log: OpenLog;
  readonly letter: string;
  readonly phrase: string;
} & (
  | {
      readonly kind: "endorse";
      readonly tokens: EnrolmentTokens;
      readonly appearance: Appearance;
      readonly remainder: "destroy" | "release";
    }
  | {
      readonly kind: "revise";
      readonly head: KeyHead;
      /** For the confirmation of a name, where they are there. */
      readonly tokens: EnrolmentTokens | null;
      readonly appearance: Appearance;
    }
  | { readonly kind: "withdraw"; readonly head: KeyHead }
);

/** What is shown to registrars; the code is asked for in the course of it. */
export type EvidenceOf =
  | { readonly kind: "mailbox-code"; readonly mailbox: string }
  | { readonly kind: "existing-mail"; readonly mail: CheckedMail }
  | { readonly kind: "vouch"; readonly invitation: Invitation };

export type Effect =
  | { readonly type: "open"; readonly link: PageLink }
  | { readonly type: "load-part"; readonly part: PartName }
  | { readonly type: "read-invitation"; readonly log: OpenLog; readonly text: string }
  /** `file`: as much of it as a header can be long. */
  | {
      readonly type: "check-mail";
      readonly log: OpenLog;
      readonly letter: string;
      readonly file: Uint8Array;
    }
  | {
      readonly type: "suggest-name";
      readonly log: OpenLog;
      readonly letter: string;
      readonly mailbox: string;
    }
  | {
      readonly type: "list-invitations";
      readonly log: OpenLog;
      readonly link: PageLink;
      readonly phrase: string;
      readonly tokens: EnrolmentTokens;
    }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "make-phrase" }
  | {
      readonly type: "enrol";
      readonly log: OpenLog;
      readonly letter: string;
      readonly phrase: string;
      readonly evidence: EvidenceOf;
      readonly name: string | null;
      /** Those who have answered are asked again for the name. */
      readonly nameAgain: boolean;
      readonly earlier: EnrolmentTokens | null;
    }
  /** Null: go on without this registrar. */
  | { readonly type: "give-code"; readonly code: string | null }
  /** What has come is kept, and nothing more is waited for. */
  | { readonly type: "enough" }
  | { readonly type: "stop-enrolling" }
  | { readonly type: "save-enrolment"; readonly phrase: string; readonly tokens: EnrolmentTokens }
  | { readonly type: "keep-here"; readonly phrase: string; readonly tokens: EnrolmentTokens }
  | { readonly type: "keep-no-more"; readonly workforce: string }
  /** Everything that our pages keep in this browser. */
  | { readonly type: "forget" }
  | { readonly type: "load-looks"; readonly log: OpenLog; readonly letter: string }
  /** Signs and sends. */
  | { readonly type: "send"; readonly making: Making }
  /** Sends what somebody else has signed. */
  | { readonly type: "send-file"; readonly log: OpenLog; readonly request: SignatoryRequest }
  /** Signs, and saves it for somebody else to send. */
  | { readonly type: "make-file"; readonly making: Making }
  | { readonly type: "save-receipt"; readonly receipt: Receipt }
  | {
      readonly type: "check-receipt";
      readonly link: PageLink;
      readonly log: OpenLog;
      readonly receipt: Receipt;
    }
  | {
      readonly type: "look-up";
      readonly link: PageLink;
      readonly log: OpenLog;
      readonly phrase: string;
      readonly enrolmentFile: Uint8Array | null;
      readonly storedHere: boolean;
      readonly receipt: Receipt | null;
    }
  | { readonly type: "leave" };

/** Effects that hand something to the board which counts. */
export function isSending(effect: Effect): boolean {
  return effect.type === "send" || effect.type === "send-file";
}
