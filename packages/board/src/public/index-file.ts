/** `index.json` (PROTOCOL §8): where the structure of the log is. Of letters it tells what is released, and no more. */
import { encodeBase64url, encodeCanonical } from "@undersigned/core";
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
    .select(["letter.id", "letter.leaf_index", "closing_index", "endorsements", "bits"])
    .select(["counted_mailbox", "counted_vouched", "withdrawn_mailbox", "withdrawn_vouched"])
    .select(["first_day", "last_day", "early_closing.leaf_index as early_closing_index"])
    .where("workforce", "=", number)
    .orderBy("letter.leaf_index")
    .execute();
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
