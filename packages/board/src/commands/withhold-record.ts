/**
 * Withholds what the addressee has answered, or what an entry of the chronicle tells (PROTOCOL §9, decisions 30 and 32), by an
 * organiser whom the letter names: where the text endangers people, since they must not be named for ever because somebody did
 * it once. The record's file goes, what proves it and the captured copy of it too; the leaf stays, and in the file's place stand
 * day and reason.
 */
import {
  type ChronicleEntry,
  type ChronicleRecord,
  canBeWithheld,
  decodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseLeaf,
  parseRecord,
  RECORD_OF_LEAF,
  type RecordLeaf,
  type ResponseRecord,
  type Source,
  verifyObject,
  type WithheldRecord,
  withholdRequest,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { findRecordLeaf } from "../model/after-closing.ts";
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
 * same: where the record's leaf is. Throws `letter-unknown`, `not-an-organiser`, `signature-invalid`, `key-refused`,
 * `record-unknown`, or CoreError.
 */
export async function withholdRecord(board: Board, workforce: string, body: JsonValue): Promise<Published> {
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
    const leaf = known === undefined ? null : (parseLeaf(known.leaf) as RecordLeaf);
    if (known === undefined || leaf === null || !canBeWithheld(leaf)) {
      throw new BoardError(
        "record-unknown",
        "This letter has no such answer and no such entry: choose one of those it has.",
      );
    }
    const at = { index: known.leaf_index, entry: known.leaf };
    if (await hasFile(trx, row.number, WITHHELD, known.hash)) return { ...at, withheld: false };
    const file = await requireFile(trx, row.number, RECORD, known.hash);
    await erase(trx, board, row.number, known.hash, parseRecord(RECORD_OF_LEAF[leaf.type], file));
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
  if (done.withheld) board.logger.event("record-withheld", { epoch, slot });
  return publishedAt(workforce, done);
}

/** A copy goes with the words that rest on it, unless something else that stays names it. */
async function erase(
  trx: Trx,
  { database }: Board,
  workforce: number,
  hash: Uint8Array,
  record: ResponseRecord | ChronicleRecord,
): Promise<void> {
  await removeFile(trx, workforce, RECORD, hash);
  if (record.type === "response-record" && record.kind === "mail") {
    if (record.evidence !== null)
      await removeFile(trx, workforce, ANSWER, decodeBase64url(record.evidence, 32));
    return;
  }
  const source = record.type === "response-record" ? record.source : sourceOf(record.entry);
  const copy = source?.copy ?? null;
  if (copy === null || (await isCopyNamed(trx, database.engine, workforce, copy))) return;
  await removeFile(trx, workforce, COPY, decodeBase64url(copy, 32));
}

function sourceOf(entry: ChronicleEntry): Source | null {
  return "source" in entry ? entry.source : null;
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
