/**
 * Mails to a letter's answer address that do not count as its addressee's answer: for organisers alone. Anybody can send them, so
 * there is little room: the oldest stay, and what comes when it is full is refused. Of the sender nothing is kept.
 */
import {
  type ActAnswer,
  type Base64url,
  type JsonValue,
  MAX_ANSWER_TEXT,
  shape,
  unverifiedReason,
  utf8Encode,
} from "@undersigned/core";
import { type Desk, idText } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { letterName } from "./letter-name.ts";

const TABLE = "desk_answer";
/** Of a letter. */
export const MAX_UNVERIFIED = 200;
/** Of all letters together. */
export const MAX_UNVERIFIED_BYTES = 20_000_000;
const ID_BYTES = 16;

const subject = shape.text(0, 1000);
const text = shape.text(0, MAX_ANSWER_TEXT, { lines: true });
const record = shape.object({
  day: shape.day,
  reason: unverifiedReason,
  claimsAddressee: shape.boolean,
  subject: shape.nullable(subject),
  text: shape.nullable(text),
});

export type Unverified = ActAnswer<"answers">["unverified"][number];
export type NewUnverified = shape.Infer<typeof record>;

/** The same mail again changes nothing. Throws `answers-full`. */
export async function putUnverified(
  desk: Desk,
  trx: DeskTrx,
  letter: Base64url,
  mail: Uint8Array,
  answer: NewUnverified,
): Promise<void> {
  const of = letterName(desk, TABLE, letter);
  const id = desk.sealer
    .nameOf(`${TABLE}/id`, Buffer.concat([utf8Encode(letter), mail]))
    .subarray(0, ID_BYTES);
  const known = await trx.selectFrom(TABLE).select("id").where("id", "=", id).executeTakeFirst();
  if (known !== undefined) return;
  const sealed = desk.sealer.seal(TABLE, id, shown(answer) as unknown as JsonValue);
  const { many } = await trx
    .selectFrom(TABLE)
    .select((row) => row.fn.countAll().as("many"))
    .where("letter", "=", of)
    .executeTakeFirstOrThrow();
  const { taken } = await trx
    .selectFrom(TABLE)
    .select((row) => row.fn.coalesce(row.fn.sum<number>("size"), row.lit(0)).as("taken"))
    .executeTakeFirstOrThrow();
  if (Number(many) >= MAX_UNVERIFIED || Number(taken) + sealed.length > MAX_UNVERIFIED_BYTES) {
    throw new DeskError("answers-full", "There is no room for more answers that are not verified.");
  }
  await trx.insertInto(TABLE).values({ id, letter: of, size: sealed.length, sealed }).execute();
}

/** By day; of one day in no order that says anything. */
export async function readUnverified(desk: Desk, db: DeskReader, letter: Base64url): Promise<Unverified[]> {
  const of = letterName(desk, TABLE, letter);
  const rows = await db.selectFrom(TABLE).select(["id", "sealed"]).where("letter", "=", of).execute();
  return rows
    .map(({ id, sealed }) => ({ id: idText(id), ...desk.sealer.open(TABLE, id, sealed, record) }))
    .sort((a, b) => (`${a.day} ${a.id}` < `${b.day} ${b.id}` ? -1 : 1));
}

/** Anybody wrote it: what cannot be shown as text is left out. */
function shown({ day, reason, claimsAddressee, ...said }: NewUnverified): NewUnverified {
  return { day, reason, claimsAddressee, subject: fit(said.subject, subject), text: fit(said.text, text) };
}

function fit(said: string | null, as: shape.Shape<string>): string | null {
  try {
    return said === null ? null : as.check(said, "");
  } catch {
    return null;
  }
}
