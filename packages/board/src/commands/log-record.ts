/**
 * Logs records of a letter's further life (PROTOCOL §3.7; §4, rule 14; decision 30): what the addressee has answered, how
 * two organisers judge a demand, changes of the register of dealings, and entries of the chronicle. The record is a public file; its leaf names it.
 */
import {
  decodeBase64url,
  encodeBase64url,
  encodeLeaf,
  encodeRecord,
  entryOrganisers,
  type JsonValue,
  JUDGEMENT_ORGANISERS,
  MAX_DEALINGS,
  MAX_EVIDENCE_BYTES,
  type MailResponse,
  mailResponse,
  type OrganiserRecord,
  type OrganiserSignature,
  parseRecord,
  placeOf,
  type RecordLeaf,
  recordHash,
  recordRequest,
  sha256,
  verifyRecord,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend } from "../log/log-append.ts";
import { countDealings, findRecordLeaf, kindOf } from "../model/after-closing.ts";
import { ANSWER, type LetterContext, RECORD } from "../model/letter-book.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { chunks, write } from "../storage/write.ts";
import { boardDay } from "./board-day.ts";
import { type Published, publishedAt } from "./published.ts";
import { putFile } from "./put-file.ts";
import { answerMismatch, requireFollowing } from "./require-following.ts";
import { requireOrganisers, requirePublic } from "./require-organisers.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Of each kind and letter. */
const MAX_RECORDS = 10_000;

const LEAF_TYPES = {
  "response-record": "response",
  "judgement-record": "judgement",
  "dealings-record": "dealings",
  "chronicle-record": "chronicle",
} as const satisfies Record<OrganiserRecord["type"], RecordLeaf["type"]>;

/**
 * A statement, a judgement, a change of the register or an entry of the chronicle. Durable when it resolves. The same record again gives the same
 * answer, by whichever organisers, also when it was withheld since: then it stays so. Throws `letter-unknown`, `not-an-organiser`,
 * `signature-invalid`, `key-refused`, `too-few-organisers`, `mail-not-checked`, `letter-unlisted`, `demand-unknown`, `entry-days`, `entry-mismatch`, `record-behind`,
 * `register-full`, `too-many-records`, or CoreError.
 */
export async function logRecord(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const { record, by } = recordRequest.check(body, "");
  if (record.type === "response-record" && record.kind === "mail") {
    throw new BoardError(
      "mail-not-checked",
      "An answer by mail is not brought in as a record: hand in the mail, and the board checks it.",
    );
  }
  const letter = await board.letters.letter(workforce, record.letter);
  const named = nameRecord(record);
  const { type, hash } = named;
  await requireOrganisers(board, letter, by, async () => {
    const signed = { type, workforce, letter: letter.id, record: hash };
    return record.workforce === workforce && (await verifyRecord(signed, by));
  });
  const needed = organisersNeeded(record);
  if (by.length < needed) {
    throw new BoardError("too-few-organisers", `This needs ${needed} organisers: have another one sign it.`);
  }
  return await append(board, letter, { ...named, record, by, evidence: null });
}

/**
 * An answer by mail that the caller has checked (package mail's `readAnswer`): nobody but the desk calls this. `evidence` is
 * the file that `record.evidence` names. Durable when it resolves. The same record, or another one with the same
 * evidence, gives the same answer. Throws `letter-unknown`, `letter-unlisted`, `answer-mismatch`, `letter-not-delivered`, `too-many-records`,
 * or CoreError.
 */
export async function logMailResponse(
  board: Board,
  of: { readonly workforce: string; readonly record: MailResponse; readonly evidence: Uint8Array | null },
): Promise<Published> {
  const { workforce, evidence } = of;
  const record = mailResponse.check(of.record as unknown as JsonValue, "");
  const letter = await board.letters.letter(workforce, record.letter);
  const fits =
    record.workforce === workforce &&
    record.evidence === (evidence === null ? null : encodeBase64url(sha256(evidence))) &&
    (evidence?.length ?? 0) <= MAX_EVIDENCE_BYTES;
  if (!fits) throw answerMismatch();
  return await append(board, letter, { ...nameRecord(record), record, by: [], evidence });
}

function organisersNeeded(record: OrganiserRecord): number {
  if (record.type === "judgement-record") return JUDGEMENT_ORGANISERS;
  return record.type === "chronicle-record" ? entryOrganisers(record.entry.kind) : 1;
}

type Named = { readonly type: RecordLeaf["type"]; readonly file: Uint8Array; readonly hash: string };
type Bringing = Named & {
  readonly record: OrganiserRecord;
  readonly by: readonly OrganiserSignature[];
  readonly evidence: Uint8Array | null;
};

/** The record's file, of which is known that every recount can read it. */
function nameRecord(record: OrganiserRecord): Named {
  const file = encodeRecord(record);
  parseRecord(record.type, file);
  return { type: LEAF_TYPES[record.type], file, hash: recordHash(record.type, file) };
}

async function append(board: Board, letter: LetterContext, of: Bringing): Promise<Published> {
  const { workforce } = letter;
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const known =
      (await findRecordLeaf(trx, letter.number, of.hash)) ?? (await findByEvidence(trx, letter.number, of));
    if (known !== undefined) {
      return { index: known.leaf_index, entry: known.leaf, number: row.number, head: null };
    }
    await requirePublic(trx, letter.number);
    const day = await boardDay(trx, board, row);
    await requireFollowing(trx, board.keys, { workforce: row.number, letter, day }, of.record);
    await requireRoom(trx, letter.number, of.type);

    const log = await LogAppend.begin(trx, row, board.seen);
    const entry = encodeLeaf(leafOf(letter, of, day));
    const index = await log.add(entry);
    await putFile(trx, row.number, RECORD, of.hash, of.file);
    await keep(trx, row.number, letter.number, of, { index, entry });
    return { index, entry, number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    const { epoch, slot } = letter.leaf;
    board.logger.event("record-logged", { epoch, slot, kind: of.type });
  }
  return publishedAt(workforce, done);
}

function leafOf(letter: LetterContext, { type, hash, by, record }: Bringing, day: string): RecordLeaf {
  const fields = {
    v: 1 as const,
    workforce: letter.workforce,
    letter: letter.id,
    day,
    record: hash,
    by: [...by],
  };
  if (record.type === "response-record") return { type: "response", kind: record.kind, ...fields };
  if (record.type === "chronicle-record") {
    return { type: "chronicle", kind: record.entry.kind, replaces: record.replaces, ...fields };
  }
  return { type: type as "judgement" | "dealings", ...fields };
}

/** The same mail under another salt: a caller that was interrupted between logging and remembering it. */
async function findByEvidence(trx: Trx, letter: number, { evidence }: Bringing) {
  if (evidence === null) return undefined;
  return await trx
    .selectFrom("record_leaf")
    .selectAll()
    .where("letter", "=", letter)
    .where("evidence", "=", sha256(evidence))
    .executeTakeFirst();
}

async function requireRoom(trx: Trx, letter: number, type: RecordLeaf["type"]): Promise<void> {
  const { there } = await trx
    .selectFrom("record_leaf")
    .select((row) => row.fn.countAll().as("there"))
    .where("letter", "=", letter)
    .where("kind", "=", kindOf(type))
    .executeTakeFirstOrThrow();
  if (Number(there) < MAX_RECORDS) return;
  throw new BoardError("too-many-records", `A letter has ${MAX_RECORDS} records of a kind at most.`);
}

/** All that depends on the leaf. */
async function keep(
  trx: Trx,
  workforce: number,
  letter: number,
  { record, evidence, hash, type }: Bringing,
  at: { readonly index: number; readonly entry: Uint8Array },
): Promise<void> {
  const values: BoardTables["record_leaf"] = {
    letter,
    leaf_index: at.index,
    kind: kindOf(type),
    hash: decodeBase64url(hash, 32),
    demand: record.type === "judgement-record" ? record.demand : null,
    language: record.type === "chronicle-record" ? placeOf(record.entry).language : null,
    evidence: evidence === null ? null : sha256(evidence),
    leaf: at.entry,
  };
  await trx.insertInto("record_leaf").values(values).execute();
  if (evidence !== null) await putFile(trx, workforce, ANSWER, encodeBase64url(sha256(evidence)), evidence);
  if (record.type !== "dealings-record") return;
  for (const some of chunks(record.changes, 256)) {
    const rows = some.map(({ row }) => row);
    await trx.deleteFrom("dealing_row").where("letter", "=", letter).where("id", "in", rows).execute();
    const now = some.filter(({ entry }) => entry !== null).map(({ row }) => ({ letter, id: row }));
    if (now.length > 0) await trx.insertInto("dealing_row").values(now).execute();
  }
  if ((await countDealings(trx, letter)) > MAX_DEALINGS) {
    throw new BoardError("register-full", `A register has ${MAX_DEALINGS} rows at most: remove some before.`);
  }
}
