/**
 * The tick: once a day for each workforce, at the beginning of a UTC day, everything that is due is released, in one
 * transaction with one checkpoint (PROTOCOL §4, §9). Nothing is released at any other moment.
 *
 * One process of the board does it, under a lock. A tick that was missed is made up for by the next one, which looks at
 * the present day only: a release day that passed is gone, a closing that is late is made good.
 */
import {
  CLASSES,
  type Day,
  type EndorsementClass,
  type EpochLeaf,
  type EvidenceKind,
  encodeBase64url,
  type IssuanceLeaf,
  type LetterManifest,
  type Opening,
  parseLeaf,
  parseWorkforceManifest,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { LogAppend } from "../log/log-append.ts";
import { movedClosings } from "../model/closing-day.ts";
import { MANIFEST, requireFile } from "../model/letter-book.ts";
import { readLetterText } from "../model/letter-text.ts";
import { type LetterRow, readIssuance, readLetters } from "../model/log-rows.ts";
import { planRelease, type ReleasePlan } from "../model/plan-release.ts";
import { countPending, type PendingKey, readPool } from "../model/pool-view.ts";
import { bucketBits } from "../public/signatory-buckets.ts";
import { compact } from "../storage/compact.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import { countOf } from "./ask-issuance.ts";
import { closeLetter } from "./close-letter.ts";
import { collectStatements, logStatements } from "./collect-issuance.ts";
import { type BatchNumbers, type LetterRelease, MAX_BATCH_LETTERS, releaseBatch } from "./release-batch.ts";

/** What one workforce's tick wrote. */
export type TickReport = BatchNumbers & {
  readonly workforce: string;
  readonly closings: number;
  readonly held: readonly {
    readonly epoch: number;
    readonly slot: number;
    readonly class: EndorsementClass;
  }[];
};

export type TickResult = {
  readonly day: Day;
  /** False when another process was at it: this one did nothing. */
  readonly held: boolean;
  /** One for each workforce that had not had its tick today. */
  readonly reports: readonly TickReport[];
};

type Situation = LetterRow & {
  readonly keys: readonly PendingKey[];
  readonly plan: ReleasePlan;
  readonly released: readonly PendingKey[];
};

/** Durable when it resolves. A second call on one day does nothing. If one workforce fails, the others go on, then it throws. */
export async function tick(board: Board): Promise<TickResult> {
  const day = board.clock.day();
  const { database } = board;
  const failures: unknown[] = [];
  const result = await database.tryLock("board-tick", async (locked) => {
    const due = await database.db
      .selectFrom("workforce")
      .select(["number", "id"])
      .where("last_tick", "<", day)
      .orderBy("number")
      .execute();
    const reports: TickReport[] = [];
    for (const { number, id } of due) {
      try {
        const statements = await collectStatements(board, number, encodeBase64url(id), day);
        const done = await write(locked, database.engine, (trx) =>
          tickWorkforce(board, trx, number, day, statements),
        );
        if (done === null) continue;
        if (done.head !== null) board.seen.set(number, done.head);
        reports.push(done.report);
        log(board, done.report);
      } catch (error) {
        failures.push(error);
      }
    }
    return reports;
  });
  if (result.held && result.value.length > 0) await tidy(board);
  if (failures.length > 0) throw failures[0];
  return { day, held: result.held, reports: result.held ? result.value : [] };
}

function log(board: Board, { endorsements, revisions, withdrawals, closings, held }: TickReport): void {
  board.logger.event("tick-done", { endorsements, revisions, withdrawals, closings });
  for (const one of held) board.logger.event("held-for-issuance", one);
}

/** What was released or destroyed shall not stay in the write-ahead log, nor in pages that nothing refers to. */
async function tidy({ database }: Board): Promise<void> {
  await compact(database);
  await database.truncateWal();
}

async function tickWorkforce(
  board: Board,
  trx: Trx,
  number: number,
  day: Day,
  statements: readonly IssuanceLeaf[],
): Promise<{ report: TickReport; head: { size: number; root: Uint8Array } | null } | null> {
  const row = await trx
    .selectFrom("workforce")
    .selectAll()
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  if (row.last_tick >= day) return null;
  const workforce = encodeBase64url(row.id);
  const logAppend = await LogAppend.begin(trx, row, board.seen);
  await logStatements(trx, logAppend, number, statements);

  const letters = await decide(trx, number, day);
  const due = dueToday(letters);
  const releases: LetterRelease[] = due
    .filter(({ released }) => released.length > 0)
    .map((letter) => ({ row: letter.row, id: letter.id, keys: letter.released }));
  const judge = judgeFor(board, trx, number);
  let numbers: BatchNumbers = { endorsements: 0, revisions: 0, withdrawals: 0 };
  if (releases.length > 0) numbers = await releaseBatch(trx, logAppend, { workforce, day, judge }, releases);

  const closing = due.filter(({ plan }) => plan.closing !== null);
  for (const letter of closing) {
    const released = new Set(letter.released);
    const destroyed = letter.keys.filter((key) => !released.has(key));
    await closeLetter(trx, logAppend, { day, outcome: letter.plan.closing! }, letter, destroyed);
  }
  for (const letter of due) {
    if (letter.released.length > 0 || letter.plan.closing !== null) await updateLetter(trx, letter.row);
  }
  await trx.updateTable("workforce").set({ last_tick: day }).where("number", "=", number).execute();
  const head = logAppend.appended > 0 ? await logAppend.finish(board.signerOf(row.log_key)) : null;
  const held = letters.flatMap(({ leaf, plan }) =>
    plan.held.map((name) => ({ epoch: leaf.epoch, slot: leaf.slot, class: name })),
  );
  return { report: { workforce, ...numbers, closings: closing.length, held }, head };
}

/** Judges openings by the letter's text, which is read once for each letter. A rule that fails holds no batch up: the name waits. */
function judgeFor(board: Board, trx: Trx, workforce: number) {
  const texts = new Map<string, Promise<LetterManifest>>();
  return async (opening: Opening, { row, id }: LetterRelease): Promise<"waiting" | null> => {
    const text = texts.get(id) ?? readLetterText(trx, board.keys, { number: row.number, workforce, id });
    texts.set(id, text);
    const manifest = await text;
    try {
      return await board.judgeOpening(opening, manifest, trx);
    } catch {
      return "waiting";
    }
  };
}

/** The plan of each letter, and the keys that come out under it. */
async function decide(trx: Trx, number: number, day: Day): Promise<Situation[]> {
  const letters = await readLetters(trx, number);
  const pool = await readPool(trx, new Set(letters.map(({ row }) => row.number)));
  const issued = await readIssuance(trx, number);
  const moved = await movedClosings(
    trx,
    letters.map(({ row }) => row.number),
  );
  const evidence = await readEvidence(trx, number);
  const situations: Situation[] = [];
  for (const { row, id, leaf } of letters) {
    const keys = pool.get(row.number) ?? [];
    const uses = await readUses(trx, row.number);
    const room = (name: EndorsementClass, registrar: string): number => {
      const said = issued.get(`${leaf.epoch} ${registrar}`);
      const used = uses.get(`${name} ${registrar}`) ?? 0;
      // Of a registrar that has stated nothing, every endorsement is one too many.
      if (said === undefined) return -used;
      const kinds = evidence.get(leaf.epoch)?.get(name) ?? [];
      // Rounded down to the batch for each kind, so up to batch - 1 more of each may have been issued.
      const most = kinds.map((kind) => (countOf(said, kind) ?? 0) + said.batch - 1);
      return most.reduce((sum, one) => sum + one, 0) - used;
    };
    const plan = planRelease({
      day,
      opens: leaf.opens,
      closes: moved.get(row.number) ?? leaf.closes,
      batch: leaf.batch,
      closed: row.closing_index !== null,
      released: row.endorsements,
      pending: countPending(keys),
      room,
    });
    situations.push({ row, id, leaf, keys, plan, released: keys.filter((key) => comesOut(plan, key)) });
  }
  return situations;
}

function comesOut(plan: ReleasePlan, key: PendingKey): boolean {
  // What follows a leaf of the log has no minimum; what follows a pending endorsement goes where that goes.
  if (key.endorsement === null) return true;
  const decision = plan.classes[CLASSES[key.class]!];
  return decision === "all" || (decision === "consenting" && key.consents);
}

/**
 * All letters, unless more have something to release than a batch leaf can name: then closings come first, then
 * endorsements, and the rest has its turn at the next tick.
 */
function dueToday(letters: readonly Situation[]): Situation[] {
  const rank = ({ plan, released }: Situation) =>
    (plan.closing !== null ? 0 : 2) + (released.some(({ endorsement }) => endorsement !== null) ? 0 : 1);
  const withContent = letters.filter(({ released }) => released.length > 0);
  const chosen = new Set(withContent.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_BATCH_LETTERS));
  return letters.filter((letter) => letter.released.length === 0 || chosen.has(letter));
}

async function readUses(trx: Trx, letter: number): Promise<Map<string, number>> {
  const rows = await trx.selectFrom("token_use").selectAll().where("letter", "=", letter).execute();
  return new Map(rows.map((row) => [`${CLASSES[row.class]!} ${encodeBase64url(row.registrar)}`, row.uses]));
}

/** By epoch and class, the kinds of evidence that count for it. */
async function readEvidence(
  trx: Trx,
  number: number,
): Promise<Map<number, Map<EndorsementClass, readonly EvidenceKind[]>>> {
  const rows = await trx.selectFrom("epoch").select("leaf").where("workforce", "=", number).execute();
  const byEpoch = new Map<number, Map<EndorsementClass, readonly EvidenceKind[]>>();
  for (const row of rows) {
    const leaf = parseLeaf(row.leaf) as EpochLeaf;
    const { evidence } = parseWorkforceManifest(await requireFile(trx, number, MANIFEST, leaf.manifest));
    const kinds = Map.groupBy(evidence, (item) => item.class);
    byEpoch.set(
      leaf.epoch,
      new Map([...kinds].map(([name, items]) => [name, items.map(({ kind }) => kind)])),
    );
  }
  return byEpoch;
}

async function updateLetter(trx: Trx, row: BoardTables["letter"]): Promise<void> {
  const { number, endorsements, closing_index, counted_mailbox, counted_vouched } = row;
  const { withdrawn_mailbox, withdrawn_vouched, first_day, last_day } = row;
  const bits = await bucketBits(trx, number, endorsements);
  await trx
    .updateTable("letter")
    .set({
      endorsements,
      closing_index,
      counted_mailbox,
      counted_vouched,
      withdrawn_mailbox,
      withdrawn_vouched,
      first_day,
      last_day,
      bits,
    })
    .where("number", "=", number)
    .execute();
}
