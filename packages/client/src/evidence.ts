/**
 * What a person has to show that they work there, in the three kinds that a manifest may take (PROTOCOL §9; decisions 13
 * and 14).
 */
import { CLASS_OF_EVIDENCE, type EndorsementClass, type Invitation } from "@undersigned/core";
import type { CheckedMail } from "./check-mail.ts";
import { ClientError } from "./errors.ts";
import type { Registrar } from "./registrar-visit.ts";
import type { ClientView } from "./view.ts";
import { rulesOf } from "./view.ts";

/** A code that each registrar mails. Whoever runs the mail gateway sees who asks for one. */
export interface CodeOffer {
  readonly kind: "mailbox-code";
  /** As the person typed it; the canonical form is what is sent. */
  readonly mailbox: string;
  /**
   * The eight digits that this registrar mailed, or null to go on without it. One question at a time. Asked again,
   * with `wrong` above 0, when the registrar says that the code is not right.
   */
  readonly askCode: (registrar: Registrar, wrong: number) => Promise<string | null>;
}

/** A mail that is in the inbox already, by `checkMail`. The person is asked for nothing more. */
export interface MailOffer {
  readonly kind: "existing-mail";
  readonly mail: CheckedMail;
}

/** A colleague's invitation, by `readInvitation`. Only registrars whose token it holds are asked. */
export interface VouchOffer {
  readonly kind: "vouch";
  readonly invitation: Invitation;
}

export type EvidenceOffer = CodeOffer | MailOffer | VouchOffer;

/**
 * The class that an offer proves. Throws `epoch-unknown`, `evidence-not-accepted` where the epoch does not take the kind,
 * and `invitation-invalid` for an invitation of another epoch.
 */
export function classOfOffer(view: ClientView, epoch: number, offer: EvidenceOffer): EndorsementClass {
  if (!rulesOf(view, epoch).evidence.some(({ kind }) => kind === offer.kind)) {
    throw new ClientError(
      "evidence-not-accepted",
      "This workforce does not take evidence of this kind. Choose another way to enrol.",
    );
  }
  if (offer.kind === "vouch" && offer.invitation.epoch !== epoch) {
    throw new ClientError(
      "invitation-invalid",
      "This invitation is for another epoch. Ask the colleague who gave it for a new one.",
    );
  }
  return CLASS_OF_EVIDENCE[offer.kind];
}
