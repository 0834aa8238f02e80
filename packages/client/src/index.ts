/**
 * The signatory's way, for the command and for pages alike: enrol, endorse, revise, withdraw, look up one's own state.
 * Trusts only what a verified log says (see `ClientView`); `fetch` is passed in. Browser and Node.
 */
export { addressBelow, boardPrefix } from "./address.ts";
export { type CheckedMail, checkMail, mailWindowOf } from "./check-mail.ts";
export { DeskClient, deskRefusalOf } from "./desk-client.ts";
export {
  appearanceToCarry,
  type EarlierSignature,
  earlierSignature,
  replacedBy,
} from "./earlier-signature.ts";
export {
  type EnrolmentResult,
  type EnrolmentStep,
  type EnrolOptions,
  enrol,
  type RegistrarOutcome,
} from "./enrol.ts";
export { ClientError, type ClientErrorCode, type ClientErrorDetails } from "./errors.ts";
export type { CodeOffer, EvidenceOffer, MailOffer, VouchOffer } from "./evidence.ts";
export { invitationsOf, readInvitation } from "./invitations.ts";
export { bucketOf, type Files, type KeyState, keyState } from "./key-state.ts";
export { chooseEpoch, makeLetterLeaf, type OpenableLog } from "./letter-leaf.ts";
export { confirmedName } from "./names.ts";
export { ownOpening, readOpenings, type ShownOpenings } from "./openings.ts";
export { type Fetch, get, post, type Sending } from "./post.ts";
export { checkEndorsementDue, checkEventDue, checkReceipt } from "./receipt.ts";
export type { Registrar } from "./registrar-visit.ts";
export {
  type EndorsementChoice,
  endorse,
  type Posting,
  postRequest,
  prepareEndorsement,
  prepareRevision,
  prepareWithdrawal,
  type RevisionChoice,
  revise,
  type SignatoryRequest,
  type WithdrawalChoice,
  withdraw,
} from "./sign.ts";
export { solveWork } from "./solve-work.ts";
export type { ClientView, LoggedEpoch, LoggedLetter } from "./view.ts";
