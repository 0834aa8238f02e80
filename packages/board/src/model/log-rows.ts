/** What a tick reads of the log's structure: letters, and the newest statements of registrars. */
import { encodeBase64url, type IssuanceLeaf, type LetterLeaf, parseLeaf } from "@undersigned/core";
import type { BoardTables, Reader } from "../storage/schema.ts";

export type LetterRow = {
  readonly row: BoardTables["letter"];
  /** Base64url. */
  readonly id: string;
  readonly leaf: LetterLeaf;
};

/** In the order of the log. */
export async function readLetters(db: Reader, workforce: number): Promise<LetterRow[]> {
  const rows = await db
    .selectFrom("letter")
    .selectAll()
    .where("workforce", "=", workforce)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({ row, id: encodeBase64url(row.id), leaf: parseLeaf(row.leaf) as LetterLeaf }));
}

/** The newest statements in the log, by `<epoch> <registrar>`. */
export async function readIssuance(db: Reader, workforce: number): Promise<Map<string, IssuanceLeaf>> {
  const rows = await db.selectFrom("issuance").select("leaf").where("workforce", "=", workforce).execute();
  const leaves = rows.map((row) => parseLeaf(row.leaf) as IssuanceLeaf);
  return new Map(leaves.map((leaf) => [`${leaf.epoch} ${leaf.registrar}`, leaf]));
}
