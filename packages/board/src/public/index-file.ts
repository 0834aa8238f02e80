/** `index.json` (PROTOCOL §8): where the structure of the log is. Of letters it tells what is released, and no more. */
import { encodeBase64url, encodeCanonical } from "@undersigned/core";
import { RECORD_KINDS } from "../model/after-closing.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { OPENINGS_PER_PAGE } from "./openings-page.ts";

/** The file at this size, made of the tables of the present transaction. */
export async function indexFile(
  trx: Trx,
  workforce: Pick<BoardTables["workforce"], "number" | "id">,
  size: number,
): Promise<Uint8Array> {
  const { number } = workforce;
  const versions = await trx
    .selectFrom("manifest_version")
    .select("leaf_index")
    .where("workforce", "=", number)
    .orderBy("version")
    .execute();
  const epochs = await trx
    .selectFrom("epoch")
    .select("leaf_index")
    .where("workforce", "=", number)
    .orderBy("epoch")
    .execute();
  const clients = await trx
    .selectFrom("client")
    .select("leaf_index")
    .where("workforce", "=", number)
    .orderBy("leaf_index")
    .execute();
  const issuance = await trx
    .selectFrom("issuance")
    .select("leaf_index")
    .where("workforce", "=", number)
    .orderBy("leaf_index")
    .execute();
  const destructions = await trx
    .selectFrom("destruction")
    .select("leaf_index")
    .where("workforce", "=", number)
    .orderBy("leaf_index")
    .execute();
  const letters = await trx
    .selectFrom("letter")
    .leftJoin("early_closing", "early_closing.letter", "letter.number")
    .select(["letter.number", "letter.id", "letter.leaf_index", "closing_index", "endorsements", "bits"])
    .select(["counted_mailbox", "counted_vouched", "withdrawn_mailbox", "withdrawn_vouched"])
    .select(["first_day", "last_day", "early_closing.leaf_index as early_closing_index"])
    .where("workforce", "=", number)
    .orderBy("letter.leaf_index")
    .execute();
  const afterClosing = await listAfterClosing(trx, number);
  return encodeCanonical({
    type: "index",
    v: 1,
    workforce: encodeBase64url(workforce.id),
    size,
    workforces: versions.map((row) => row.leaf_index),
    epochs: epochs.map((row) => row.leaf_index),
    clients: clients.map((row) => row.leaf_index),
    issuance: issuance.map((row) => row.leaf_index),
    destructions: destructions.map((row) => row.leaf_index),
    letters: letters.map((row) => ({
      letter: encodeBase64url(row.id),
      leaf: row.leaf_index,
      closing: row.closing_index,
      earlyClosing: row.early_closing_index,
      ...afterClosing(row.number),
      endorsements: row.endorsements,
      counted: { mailbox: row.counted_mailbox, vouched: row.counted_vouched },
      withdrawn: { mailbox: row.withdrawn_mailbox, vouched: row.withdrawn_vouched },
      days:
        row.first_day === null || row.last_day === null ? null : { first: row.first_day, last: row.last_day },
      bits: row.bits,
      pages: Math.ceil(row.endorsements / OPENINGS_PER_PAGE),
    })),
  });
}

/** By letter number: where the leaves of its further life are. */
async function listAfterClosing(trx: Trx, workforce: number) {
  const deliveries = await trx
    .selectFrom("delivery")
    .innerJoin("letter", "letter.number", "delivery.letter")
    .select(["delivery.letter", "delivery.leaf_index"])
    .where("letter.workforce", "=", workforce)
    .orderBy("delivery.leaf_index")
    .execute();
  const records = await trx
    .selectFrom("record_leaf")
    .innerJoin("letter", "letter.number", "record_leaf.letter")
    .select(["record_leaf.letter", "record_leaf.leaf_index", "record_leaf.kind"])
    .where("letter.workforce", "=", workforce)
    .orderBy("record_leaf.leaf_index")
    .execute();
  const lists = new Map<string, number[]>();
  const add = (letter: number, list: string, index: number) => {
    const name = `${letter} ${list}`;
    const known = lists.get(name);
    if (known === undefined) lists.set(name, [index]);
    else known.push(index);
  };
  for (const row of deliveries) add(row.letter, "deliveries", row.leaf_index);
  for (const row of records) add(row.letter, RECORD_KINDS[row.kind]!, row.leaf_index);
  return (letter: number) => ({
    deliveries: lists.get(`${letter} deliveries`) ?? [],
    responses: lists.get(`${letter} response`) ?? [],
    judgements: lists.get(`${letter} judgement`) ?? [],
    dealings: lists.get(`${letter} dealings`) ?? [],
    chronicle: lists.get(`${letter} chronicle`) ?? [],
  });
}
