/**
 * What the desk knows of handing a letter over: the mark that the addressee is given, what was prepared, and how a delivery by
 * mail stands. What was handed over stands in the log.
 */
import {
  answerLocalPart,
  answerNonce,
  type Base64url,
  deliveryFields,
  organiserSignatures,
  preparedDelivery,
  shape,
  utf8Encode,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_delivery";
export const MAX_REPLY = 1000;
export const MAX_PROOFS = 100;

const record = shape.object({
  workforce: shape.bytes(32),
  letter: shape.bytes(32),
  /** Of the letter, from its first preparing on. */
  nonce: answerNonce,
  prepared: shape.nullable(preparedDelivery),
  mail: shape.object({
    /** `accepted`: the server has taken it, and the log does not say so yet. */
    state: shape.oneOf("none", "sending", "accepted", "refused", "logged"),
    /** What the server said last. */
    reply: shape.nullable(shape.text(0, MAX_REPLY)),
    /** Of the acceptance, 32 bytes. */
    salt: shape.nullable(shape.bytes(32)),
    /** What was sent, as an organiser has signed it. */
    sent: shape.nullable(shape.object({ ...deliveryFields, by: organiserSignatures(1) })),
  }),
  /** What servers have said to mails that are logged: it opens the leaf's `acceptance`. */
  proofs: shape.list(
    shape.object({
      document: shape.bytes(32),
      delivered: shape.day,
      reply: shape.text(0, MAX_REPLY),
      salt: shape.bytes(32),
    }),
    0,
    MAX_PROOFS,
  ),
});

export type DeskDelivery = shape.Infer<typeof record>;
export type SentMail = NonNullable<DeskDelivery["mail"]["sent"]>;

export const NOT_SENT: DeskDelivery["mail"] = { state: "none", reply: null, salt: null, sent: null };

export async function findDelivery(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
): Promise<DeskDelivery | null> {
  return await findByLocalPart(desk, db, answerLocalPart(letter));
}

/** By the local part of the letter's answer address. */
export async function findByLocalPart(
  desk: Desk,
  db: DeskReader,
  localPart: string,
): Promise<DeskDelivery | null> {
  const name = nameOf(desk, localPart);
  const row = await db.selectFrom(TABLE).select("sealed").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : desk.sealer.open(TABLE, name, row.sealed, record);
}

export async function putDelivery(desk: Desk, trx: DeskTrx, delivery: DeskDelivery): Promise<void> {
  const name = deliveryName(desk, delivery.letter);
  const sealed = desk.sealer.seal(TABLE, name, delivery as unknown as Parameters<typeof desk.sealer.seal>[2]);
  await trx
    .insertInto(TABLE)
    .values({ name, sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
}

/** All of which a mail was taken by the server and not logged: after a crash. */
export async function acceptedDeliveries(desk: Desk, db: DeskReader): Promise<DeskDelivery[]> {
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return rows
    .map(({ name, sealed }) => desk.sealer.open(TABLE, name, sealed, record))
    .filter(({ mail }) => mail.state === "accepted");
}

/** The letter's name in this table and in that of prepared files. */
export function deliveryName(desk: Desk, letter: Base64url): Uint8Array {
  return nameOf(desk, answerLocalPart(letter));
}

function nameOf(desk: Desk, localPart: string): Uint8Array {
  return desk.sealer.nameOf(TABLE, utf8Encode(localPart));
}
