/** What organisers ask a board about a letter's further life (PROTOCOL §9). Nothing of it weighs on who signs. */
import { hash32, MAX_DOCUMENT_BYTES, publicKey, signature64, version1 } from "./common.ts";
import { acceptedByMailAlone, deliveryFields, organiserSignatures } from "./organiser-leaves.ts";
import { organiserRecord, withheldReason } from "./organiser-records.ts";
import { bytesUpTo, type Infer, literal, nullable, object, rule } from "./shape.ts";

/** A delivery that was made by hand or by post, or by mail of the organisers' own; the board sets the day. */
export const deliveryRequest = rule(
  object({
    type: literal("delivery-request"),
    v: version1,
    ...deliveryFields,
    acceptance: nullable(hash32),
    by: organiserSignatures(1),
    /** The PDF that was handed over: it becomes a public file. */
    pdf: bytesUpTo(MAX_DOCUMENT_BYTES),
  }),
  acceptedByMailAlone,
);
export type DeliveryRequest = Infer<typeof deliveryRequest>;

/** A statement, judgement, change of the register or entry of the chronicle. An answer by mail is not brought in this way: the board checks it itself. */
export const recordRequest = object({
  type: literal("record-request"),
  v: version1,
  record: organiserRecord,
  by: organiserSignatures(1),
});
export type RecordRequest = Infer<typeof recordRequest>;

/** Withholds the text of a response or of an entry of the chronicle. `sig` over M("withhold-request", all but `sig`), by an organiser whom the letter names. */
export const withholdRequest = object({
  type: literal("withhold-request"),
  v: version1,
  workforce: hash32,
  letter: hash32,
  record: hash32,
  reason: withheldReason,
  organiser: publicKey,
  sig: signature64,
});
export type WithholdRequest = Infer<typeof withholdRequest>;
