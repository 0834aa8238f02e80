/** What is sent to registrars and boards, and what they answer (PROTOCOL §9). */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import {
  classOf,
  type EndorsementClass,
  epochNumber,
  hash32,
  invitationNumber,
  MAX_INVITATIONS,
  publicKey,
  rsaBytes,
  SLOTS,
  signature64,
  slotNumber,
  version1,
} from "./common.ts";
import { keyStatement } from "./key-statement.ts";
import {
  destructionLeaf,
  earlyClosingBy,
  endorsementLeaf,
  letterLeaf,
  revisionLeaf,
  withdrawalLeaf,
} from "./leaves.ts";
import { letterManifest } from "./letter-manifest.ts";
import { nameConfirmedBy, openingShape, shownText } from "./opening.ts";
import { sealedLetter } from "./sealed-letter.ts";
import {
  bytesUpTo,
  day,
  type Infer,
  integer,
  list,
  literal,
  matching,
  nullable,
  object,
  oneOf,
  text,
  union,
} from "./shape.ts";
import { MAX_NAME } from "./text.ts";

const slotKey = (item: { slot: number }) => String(item.slot).padStart(2, "0");
const blindedSlots = list(object({ slot: slotNumber, blinded: rsaBytes }), SLOTS, SLOTS, slotKey);
export type BlindedSlots = Infer<typeof blindedSlots>;
const invitationKey = (item: { number: number }) => String(item.number);
const blindedInvitations = list(
  object({ number: invitationNumber, blinded: rsaBytes }),
  0,
  MAX_INVITATIONS,
  invitationKey,
);
export type BlindedInvitations = Infer<typeof blindedInvitations>;

/** Most bytes of a mail's header that a registrar is sent. */
export const MAX_MAIL_HEADER_BYTES = 24_576;

const codeReservation = object({ kind: literal("mailbox-code"), mailbox: text(3, 320) });
/** `mail`: `mailReservation` of the signature; another one for each registrar, so that it says nothing elsewhere. */
const mailReservation = object({ kind: literal("existing-mail"), mail: hash32 });

const codeEvidence = object({
  kind: literal("mailbox-code"),
  mailbox: text(3, 320),
  code: matching(/^\d{8}$/, 8, "the eight digits of the mail"),
});
/** `header`: the signed fields of a mail, as `cutDown` of @undersigned/mail makes them. */
const mailEvidence = object({ kind: literal("existing-mail"), header: bytesUpTo(MAX_MAIL_HEADER_BYTES) });
/** The registrar's own token on the invitation's key, and that key's signature over the hash of the requests. */
const vouchEvidence = object({
  kind: literal("vouch"),
  number: invitationNumber,
  key: publicKey,
  prefix: hash32,
  signature: rsaBytes,
  sig: signature64,
});
export type CodeEvidence = Infer<typeof codeEvidence>;
export type MailEvidence = Infer<typeof mailEvidence>;
export type VouchEvidence = Infer<typeof vouchEvidence>;
export type Evidence = CodeEvidence | MailEvidence | VouchEvidence;
export type ReservedEvidence = Infer<typeof codeReservation> | Infer<typeof mailReservation>;

/** A solved challenge of the registrar, where it has asked for one (`work-needed`); null otherwise. */
const work = nullable(text(1, 4_000));

export const reservationRequest = object({
  type: literal("reservation-request"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  class: classOf,
  evidence: union<ReservedEvidence>("kind", {
    "mailbox-code": codeReservation,
    "existing-mail": mailReservation,
  }),
  requests: hash32,
  work,
});
export type ReservationRequest = Infer<typeof reservationRequest>;

export const reservation = object({
  type: literal("reservation"),
  v: version1,
  registrar: publicKey,
  requests: hash32,
  minutes: integer(1, 60),
});
export type Reservation = Infer<typeof reservation>;

export const enrolmentRequest = object({
  type: literal("enrolment-request"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  class: classOf,
  evidence: union<Evidence>("kind", {
    "mailbox-code": codeEvidence,
    "existing-mail": mailEvidence,
    vouch: vouchEvidence,
  }),
  slots: blindedSlots,
  /** Of every client of class `mailbox` as many as the manifest allows; of class `vouched` none. */
  invitations: blindedInvitations,
  /** The name that shall be confirmed, and for each slot `nameKey`, in order. Takes no part in `requestsHash`. */
  name: nullable(object({ name: shownText(MAX_NAME), keys: list(hash32, SLOTS, SLOTS) })),
  work,
});
export type EnrolmentRequest = Infer<typeof enrolmentRequest>;

/** Proof of work that a registrar asks for: `challenge` is text that it has signed (PROTOCOL §9, Work). */
export const challenge = object({
  type: literal("challenge"),
  v: version1,
  registrar: publicKey,
  challenge: text(1, 2_000),
});
export type Challenge = Infer<typeof challenge>;

export const enrolment = object({
  type: literal("enrolment"),
  v: version1,
  registrar: publicKey,
  epoch: epochNumber,
  class: classOf,
  slots: list(object({ slot: slotNumber, signature: rsaBytes }), SLOTS, SLOTS, slotKey),
  invitations: list(
    object({ number: invitationNumber, signature: rsaBytes }),
    0,
    MAX_INVITATIONS,
    invitationKey,
  ),
  /** Null where the name is not confirmed: a signature for each slot, in order. */
  name: nullable(object({ rule: nameConfirmedBy, sigs: list(signature64, SLOTS, SLOTS) })),
});
export type Enrolment = Infer<typeof enrolment>;

export const issuanceRequest = object({
  type: literal("issuance-request"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  day,
  sig: signature64,
});
export type IssuanceRequest = Infer<typeof issuanceRequest>;

export const endorsementRequest = object({
  type: literal("endorsement-request"),
  v: version1,
  leaf: endorsementLeaf,
  opening: nullable(openingShape),
  remainder: oneOf("release", "destroy"),
  sig: signature64,
});
export type EndorsementRequest = Infer<typeof endorsementRequest>;

export const revisionRequest = object({
  type: literal("revision-request"),
  v: version1,
  leaf: revisionLeaf,
  opening: nullable(openingShape),
});
export type RevisionRequest = Infer<typeof revisionRequest>;

export const withdrawalRequest = object({
  type: literal("withdrawal-request"),
  v: version1,
  leaf: withdrawalLeaf,
});
export type WithdrawalRequest = Infer<typeof withdrawalRequest>;

export const letterRequest = object({
  type: literal("letter-request"),
  v: version1,
  leaf: letterLeaf,
  manifest: letterManifest,
  /** Null for a letter whose text is public at once; else the manifest sealed under the key of its link. */
  unlisted: nullable(sealedLetter),
});
export type LetterRequest = Infer<typeof letterRequest>;

/** Makes an unlisted letter public. `sig` by the key that opened it, or one of its manifest's `organisers`. */
export const revealRequest = object({
  type: literal("reveal-request"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  sig: signature64,
});
export type RevealRequest = Infer<typeof revealRequest>;

/** An early-closing leaf but for the day, which the board sets. */
export const earlyClosingRequest = object({
  type: literal("early-closing-request"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  closes: day,
  by: earlyClosingBy,
});
export type EarlyClosingRequest = Infer<typeof earlyClosingRequest>;

export const epochRequest = object({
  type: literal("epoch-request"),
  v: version1,
  statements: list(keyStatement, 1, 15),
});
export type EpochRequest = Infer<typeof epochRequest>;

/** Anyone may bring it. */
export const destructionRequest = object({
  type: literal("destruction-request"),
  v: version1,
  leaf: destructionLeaf,
});
export type DestructionRequest = Infer<typeof destructionRequest>;

export const receipt = object({
  type: literal("receipt"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  leaf: hash32,
  due: day,
  sig: signature64,
});
export type Receipt = Infer<typeof receipt>;

export const errorAnswer = object({
  type: literal("error"),
  v: version1,
  code: text(1, 64),
  message: text(1, 1000),
});
export type ErrorAnswer = Infer<typeof errorAnswer>;

/** What evidence is bound to: all blinded messages for one registrar. Base64url. */
export function requestsHash(of: {
  readonly workforce: string;
  readonly epoch: number;
  readonly class: EndorsementClass;
  readonly registrar: string;
  readonly slots: BlindedSlots;
  readonly invitations: BlindedInvitations;
}): string {
  const { workforce, epoch, registrar, slots, invitations } = of;
  return encodeBase64url(
    domainHash(
      "blind-requests",
      encodeCanonical({ class: of.class, epoch, invitations, registrar, slots, workforce }),
    ),
  );
}

/** What reserves a mail at one registrar: hides its signature (base64url) from whoever does not have the mail. Base64url. */
export function mailReservationHash(registrar: string, signature: string): string {
  return encodeBase64url(domainHash("mail-reservation", encodeCanonical({ registrar, signature })));
}

/** What a signatory signs beside the leaf: what shall become of it in a batch under the minimum. */
export function remainderMessage(
  leaf: string,
  remainder: EndorsementRequest["remainder"],
): { leaf: string; remainder: string } {
  return { leaf, remainder };
}
