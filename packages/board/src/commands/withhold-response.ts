/**
 * Withholds what the addressee has answered (PROTOCOL §9, decision 30), by an organiser whom the letter names: where the text
 * endangers people, since they must not be named for ever because the company did it once. The record's file goes, what proves
 * it and the captured copy of it too; the leaf stays, and in the file's place stand day and reason.
 */
import {
  decodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseRecord,
  type ResponseRecord,
  verifyObject,
  type WithheldRecord,
  withholdRequest,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { findRecordLeaf, kindOf } from "../model/after-closing.ts";
import { isCopyNamed } from "../model/copies-named.ts";
import { ANSWER, COPY, RECORD, requireFile, WITHHELD } from "../model/letter-book.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import { boardDay } from "./board-day.ts";
import { type Published, publishedAt } from "./published.ts";
import { putFile } from "./put-file.ts";
import { requireOrganisers } from "./require-organisers.ts";
import { requireWorkforce } from "./require-workforce.ts";

/**
 * Erased when it resolves, from the write-ahead files too. Again, or with another reason, it changes nothing and answers the
 * same: where the response's leaf is. Throws `letter-unknown`, `not-an-organiser`, `signature-invalid`, `key-refused`,
 * `record-unknown`, or CoreError.
 */
export async function withholdResponse(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const request = withholdRequest.check(body, "");
  const { record, reason, organiser } = request;
  const letter = await board.letters.letter(workforce, request.letter);
  await requireOrganisers(
    board,
    letter,
    [request],
    async () => request.workforce === workforce && (await verifyObject(request, organiser)),
  );
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const known = await findRecordLeaf(trx, letter.number, record);
    if (known === undefined || known.kind !== kindOf("response")) {
      throw new BoardError("record-unknown", "This letter has no such answer: choose one of those it has.");
    }
    const at = { index: known.leaf_index, entry: known.leaf };
    if (await hasFile(trx, row.number, WITHHELD, known.hash)) return { ...at, withheld: false };
    const file = parseRecord("response-record", await requireFile(trx, row.number, RECORD, known.hash));
    await erase(trx, board, row.number, known.hash, file);
    const withheld: WithheldRecord = {
      type: "withheld-record",
      v: 1,
      record,
      day: await boardDay(trx, board, row),
      reason,
    };
    await putFile(trx, row.number, WITHHELD, record, encodeCanonical(withheld));
    return { ...at, withheld: true };
  });
  await board.database.truncateWal();
  const { epoch, slot } = letter.leaf;
  if (done.withheld) board.logger.event("response-withheld", { epoch, slot });
  return publishedAt(workforce, done);
}

/** A copy goes with the statement that it shows, unless something else that stays names it. */
async function erase(
  trx: Trx,
  { database }: Board,
  workforce: number,
  hash: Uint8Array,
  record: ResponseRecord,
): Promise<void> {
  await removeFile(trx, workforce, RECORD, hash);
  if (record.kind === "mail") {
    if (record.evidence !== null)
      await removeFile(trx, workforce, ANSWER, decodeBase64url(record.evidence, 32));
    return;
  }
  const { copy } = record.source;
  if (copy === null || (await isCopyNamed(trx, database.engine, workforce, copy))) return;
  await removeFile(trx, workforce, COPY, decodeBase64url(copy, 32));
}

async function hasFile(trx: Trx, workforce: number, kind: number, hash: Uint8Array): Promise<boolean> {
  const row = await trx
    .selectFrom("public_file")
    .select("kind")
    .where("workforce", "=", workforce)
    .where("kind", "=", kind)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row !== undefined;
}

async function removeFile(trx: Trx, workforce: number, kind: number, hash: Uint8Array): Promise<void> {
  await trx
    .deleteFrom("public_file")
    .where("workforce", "=", workforce)
    .where("kind", "=", kind)
    .where("hash", "=", hash)
    .execute();
}
