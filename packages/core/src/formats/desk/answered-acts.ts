/**
 * Acts about a letter's further life: handed over, answered, judged, and the register of dealings (decision 30). What is
 * public already (documents, records, leaves) a page reads from the public files; here is what only organisers see, and what they do.
 */
import { hash32, signature64 } from "../common.ts";
import { deliveryFields, deliveryWay } from "../organiser-leaves.ts";
import {
  dealingsRecord,
  judgementRecord,
  MAX_ANSWER_TEXT,
  statementResponse,
  withheldReason,
} from "../organiser-records.ts";
import {
  boolean,
  bytesUpTo,
  day,
  type Infer,
  integer,
  list,
  matching,
  nullable,
  object,
  oneOf,
  text,
} from "../shape.ts";
import { deskId, organiserAlias } from "./envelope.ts";
import { nothing } from "./organiser-acts.ts";

const of = { workforce: hash32, letter: hash32 };

/** Most bytes of a mail that is taken for an answer. */
export const MAX_ANSWER_MAIL_BYTES = 1_048_576;
/** Most bytes of a file that the desk hands out. */
const MAX_FILE_BYTES = 16_000_000;

export const answerNonce = matching(
  /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/,
  19,
  "a mark of four groups",
);

/** What was made for handing over: from which state of the log, and what it is. */
export const preparedDelivery = object({
  /** The board's day on which it was made. */
  day,
  size: integer(1),
  document: hash32,
  pages: integer(1),
  /** Null where it is too large to be attached. */
  bundle: nullable(hash32),
  bundleBytes: integer(),
  nonce: hash32,
});

/**
 * How a delivery by mail stands: none; `sending`: begun, and whether the server took it is not known (the board was stopped
 * meanwhile: it may have arrived, and may be sent again); `refused`: the server said no; `logged`.
 */
export const mailState = oneOf("none", "sending", "refused", "logged");

export const unverifiedReason = text(1, 60);

export const answeredActs = {
  delivery: {
    body: object(of),
    answer: object({
      /** What still stands in the way of handing it over. */
      missing: nullable(oneOf("unlisted", "not-closed", "too-few")),
      prepared: nullable(preparedDelivery),
      /** What the addressee must put into the subject. */
      nonce: nullable(answerNonce),
      /** Where answers go; null where this board takes no mail. */
      address: nullable(text(3, 320)),
      /** Whether this board can send mail, and to whom it would. */
      canMail: boolean,
      mailbox: nullable(text(3, 320)),
      mail: mailState,
      /** What the receiving server said last, as it said it. */
      reply: nullable(text(0, 1000)),
      made: list(object({ how: deliveryWay, delivered: day, day, document: hash32 }), 0, 100),
    }),
  },
  /** Makes the document from the log as it is now. Again on the same log it is the same, byte by byte. */
  "delivery-prepare": { body: object(of), answer: preparedDelivery },
  /** `cover`: a sheet with the answer address and the mark, for what goes by hand or by post. */
  "delivery-file": {
    body: object({ ...of, which: oneOf("document", "bundle", "cover") }),
    answer: object({ file: bytesUpTo(MAX_FILE_BYTES) }),
  },
  /**
   * Hands it over and logs it: by `mail` the board sends it first. `sig` by the organiser key over M("delivery", …), of what was
   * prepared last. `again`: send although an earlier try may have arrived.
   */
  "delivery-make": {
    body: object({ ...deliveryFields, sig: signature64, again: boolean }),
    answer: object({ mail: mailState, reply: nullable(text(0, 1000)) }),
  },

  /** Verified answers are public; the others stand here, without who sent them. */
  answers: {
    body: object(of),
    answer: object({
      unverified: list(
        object({
          id: deskId,
          day,
          reason: unverifiedReason,
          /** Whether it says that it comes from the addressee's mailbox. */
          claimsAddressee: boolean,
          subject: nullable(text(0, 1000)),
          text: nullable(text(0, MAX_ANSWER_TEXT, { lines: true })),
        }),
        0,
        200,
      ),
    }),
  },
  /** A mail as a file. What DKIM proves is published at once. */
  "answer-drop": {
    body: object({ ...of, mail: bytesUpTo(MAX_ANSWER_MAIL_BYTES) }),
    answer: object({ verified: boolean, reason: nullable(unverifiedReason), record: nullable(hash32) }),
  },
  /** `sig` by the organiser key over M("response", {letter, record, workforce}). */
  "statement-add": {
    body: object({ record: statementResponse, sig: signature64 }),
    answer: object({ record: hash32 }),
  },
  /** `sig` by the organiser key over the withhold request (PROTOCOL §9). */
  "response-withhold": {
    body: object({ ...of, record: hash32, reason: withheldReason, sig: signature64 }),
    answer: nothing,
  },

  /** What one organiser has proposed and no other has agreed to yet. */
  judgements: {
    body: object(of),
    answer: object({
      proposed: list(object({ record: judgementRecord, by: organiserAlias, yours: boolean }), 0, 50),
    }),
  },
  /** One for each demand: another takes its place. `sig` over M("judgement", {letter, record, workforce}). */
  "judgement-propose": {
    body: object({ record: judgementRecord, sig: signature64 }),
    answer: object({ record: hash32 }),
  },
  /** The second organiser's signature: the leaf is logged. */
  "judgement-agree": {
    body: object({ ...of, record: hash32, sig: signature64 }),
    answer: nothing,
  },
  "judgement-drop": { body: object({ ...of, record: hash32 }), answer: nothing },

  /** `sig` over M("dealings", {letter, record, workforce}). */
  "dealings-change": {
    body: object({ record: dealingsRecord, sig: signature64 }),
    answer: object({ record: hash32 }),
  },
} as const;

export type PreparedDelivery = Infer<typeof preparedDelivery>;
export type MailState = Infer<typeof mailState>;
