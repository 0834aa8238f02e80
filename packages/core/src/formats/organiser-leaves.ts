/**
 * Leaves about what becomes of a letter (PROTOCOL §4 rules 13 and 14, decision 30): handed over, answered, judged, and what
 * the company supplies. All but answers by mail are signed by organisers whom the letter's manifest names.
 */
import { hash32, publicKey, signature64, version1 } from "./common.ts";
import { day, type Infer, integer, list, literal, nullable, object, oneOf, rule } from "./shape.ts";

/** Most organisers of a letter. */
const MAX_ORGANISERS = 32;

const signedBy = (min: number) =>
  list(object({ organiser: publicKey, sig: signature64 }), min, MAX_ORGANISERS, (item) => item.organiser);

export const DELIVERY_WAYS = ["hand", "mail", "post"] as const;
export const deliveryWay = oneOf(...DELIVERY_WAYS);

/** What the organisers sign of a delivery: M("delivery", these fields). */
export const deliveryFields = {
  workforce: hash32,
  letter: hash32,
  /** When it was handed over. */
  delivered: day,
  how: deliveryWay,
  /** SHA-256 of the PDF that was handed over. */
  document: hash32,
  /** SHA-256 of the bundle that was handed over with it. */
  bundle: nullable(hash32),
  /** Leaves of the log from which the document was made: that of a checkpoint after the letter's closing leaf. */
  size: integer(1),
  /** H("answer-nonce", {letter, nonce}): what an answer by mail must bear in its subject, known to the addressee. */
  nonce: hash32,
} as const;

/** Only a mail is accepted by a server. */
export function acceptedByMailAlone({ how, acceptance }: { how: string; acceptance: string | null }) {
  return how === "mail" || acceptance === null
    ? null
    : { path: "/acceptance", expected: "null unless the letter went by mail" };
}

export const deliveryLeaf = rule(
  object({
    type: literal("delivery"),
    v: version1,
    ...deliveryFields,
    /** The board's day. */
    day,
    /** H("acceptance", {reply, salt}) of what the receiving server answered; null unless it went by mail, or where that is not kept. */
    acceptance: nullable(hash32),
    by: signedBy(1),
  }),
  acceptedByMailAlone,
);

const recordLeaf = <const T extends string>(type: T, min: number) =>
  object({
    type: literal(type),
    v: version1,
    workforce: hash32,
    letter: hash32,
    day,
    /** Hash of a file of the public folder `records` (organiser-records.ts). */
    record: hash32,
    by: signedBy(min),
  });

/** An answer of the addressee: by mail, which the board has checked and nobody signs, or a statement that organisers have entered. */
export const responseLeaf = rule(
  object({
    type: literal("response"),
    v: version1,
    workforce: hash32,
    letter: hash32,
    day,
    kind: oneOf("mail", "statement"),
    record: hash32,
    by: signedBy(0),
  }),
  ({ kind, by }) =>
    (kind === "mail") === (by.length === 0)
      ? null
      : { path: "/by", expected: "empty for a mail, and not for a statement" },
);
/** How a demand stands, in the eyes of two organisers. */
export const judgementLeaf = recordLeaf("judgement", 2);
/** A change of the register of dealings. */
export const dealingsLeaf = recordLeaf("dealings", 1);

export type DeliveryWay = Infer<typeof deliveryWay>;
export type DeliveryLeaf = Infer<typeof deliveryLeaf>;
export type ResponseLeaf = Infer<typeof responseLeaf>;
export type JudgementLeaf = Infer<typeof judgementLeaf>;
export type DealingsLeaf = Infer<typeof dealingsLeaf>;
/** Leaves that name a record. */
export type RecordLeaf = ResponseLeaf | JudgementLeaf | DealingsLeaf;
/** An organiser's signature, as these leaves hold it. */
export type OrganiserSignature = DeliveryLeaf["by"][number];
export const organiserSignatures = signedBy;
