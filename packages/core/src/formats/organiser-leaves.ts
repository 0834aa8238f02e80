/**
 * Leaves about what becomes of a letter (PROTOCOL §4 rules 13 and 14, decisions 30 and 32): handed over, answered, judged, what
 * the company supplies, and what is told of it. All but answers by mail are signed by organisers whom the letter's manifest names.
 */
import { type ChronicleKind, chronicleKind, removesSomething } from "./chronicle-kind.ts";
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

/** Organisers who must sign an entry of the chronicle: two for what readers take for the letter itself, or for its board. */
export function entryOrganisers(kind: ChronicleKind): 1 | 2 {
  return kind === "translation" || kind === "mirror" ? 2 : 1;
}

/** An entry of the chronicle. Kind and `replaces` are its record's: they stay where the record is withheld. */
export const chronicleLeaf = rule(
  object({
    type: literal("chronicle"),
    v: version1,
    workforce: hash32,
    letter: hash32,
    day,
    kind: chronicleKind,
    replaces: nullable(hash32),
    record: hash32,
    by: signedBy(1),
  }),
  ({ kind, replaces, by }) =>
    by.length < entryOrganisers(kind)
      ? { path: "/by", expected: "the signatures of two organisers" }
      : removesSomething(kind, replaces),
);

export type DeliveryWay = Infer<typeof deliveryWay>;
export type DeliveryLeaf = Infer<typeof deliveryLeaf>;
export type ResponseLeaf = Infer<typeof responseLeaf>;
export type JudgementLeaf = Infer<typeof judgementLeaf>;
export type DealingsLeaf = Infer<typeof dealingsLeaf>;
export type ChronicleLeaf = Infer<typeof chronicleLeaf>;
/** Leaves that name a record. */
export type RecordLeaf = ResponseLeaf | JudgementLeaf | DealingsLeaf | ChronicleLeaf;
/** Leaves whose records may be gone, since organisers may withhold them. */
export type WithholdableLeaf = ResponseLeaf | ChronicleLeaf;
/** An organiser's signature, as these leaves hold it. */
export type OrganiserSignature = DeliveryLeaf["by"][number];
export const organiserSignatures = signedBy;

export function canBeWithheld(leaf: RecordLeaf): leaf is WithholdableLeaf {
  return leaf.type === "response" || leaf.type === "chronicle";
}
