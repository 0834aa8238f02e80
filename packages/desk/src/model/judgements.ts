/** Judgements that one owner has proposed. Sealed until a second one agrees and the log says it to everybody. */
import {
  type Base64url,
  deskId,
  type JsonValue,
  type JudgementRecord,
  judgementRecord,
  organiserAlias,
  publicKey,
  shape,
  signature64,
  utf8Encode,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { letterName } from "./letter-name.ts";

const TABLE = "desk_judgement";

const record = shape.object({
  record: judgementRecord,
  hash: shape.bytes(32),
  /** Two once it is in the log. */
  by: shape.list(shape.object({ id: deskId, alias: organiserAlias, key: publicKey, sig: signature64 }), 1, 2),
});

export type ProposedJudgement = shape.Infer<typeof record>;

/** At most one for each demand. */
export async function readJudgements(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
): Promise<ProposedJudgement[]> {
  const rows = await db
    .selectFrom(TABLE)
    .select(["name", "sealed"])
    .where("letter", "=", letterName(desk, TABLE, letter))
    .execute();
  return rows
    .map(({ name, sealed }) => desk.sealer.open(TABLE, name, sealed, record))
    .sort((a, b) => (a.record.demand < b.record.demand ? -1 : 1));
}

/** By the record's hash; null where it is not proposed, or not any more. */
export async function findJudgement(
  desk: Desk,
  db: DeskReader,
  letter: Base64url,
  hash: Base64url,
): Promise<ProposedJudgement | null> {
  return (await readJudgements(desk, db, letter)).find((one) => one.hash === hash) ?? null;
}

/** In the place of what is proposed for the same demand. */
export async function putJudgement(desk: Desk, trx: DeskTrx, proposed: ProposedJudgement): Promise<void> {
  const name = nameOf(desk, proposed.record);
  const sealed = desk.sealer.seal(TABLE, name, proposed as unknown as JsonValue);
  await trx
    .insertInto(TABLE)
    .values({ name, letter: letterName(desk, TABLE, proposed.record.letter), sealed })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ sealed }))
    .execute();
}

export async function deleteJudgement(desk: Desk, trx: DeskTrx, of: JudgementRecord): Promise<void> {
  await trx.deleteFrom(TABLE).where("name", "=", nameOf(desk, of)).execute();
}

function nameOf(desk: Desk, { letter, demand }: JudgementRecord): Uint8Array {
  return desk.sealer.nameOf(`${TABLE}/demand`, utf8Encode(`${letter} ${demand}`));
}
