/**
 * Registrars' statements at a tick: whom to ask, and what of the answers goes into the log. Asking takes seconds and is
 * done before the tick's transaction; what is logged is compared once more within it.
 */
import {
  type Day,
  decodeBase64url,
  type EpochLeaf,
  encodeLeaf,
  type IssuanceLeaf,
  parseLeaf,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import type { LogAppend } from "../log/log-append.ts";
import { readIssuance, readLetters } from "../model/log-rows.ts";
import { manifestInForce } from "../model/manifest-in-force.ts";
import type { Reader, Trx } from "../storage/schema.ts";
import { askIssuance, hasFallen, type IssuanceQuestion, saysMore } from "./ask-issuance.ts";

/** Statements that are new, by registrars of epochs that are running or have a letter that is not closed. */
export async function collectStatements(
  board: Board,
  number: number,
  workforce: string,
  day: Day,
): Promise<IssuanceLeaf[]> {
  const { db } = board.database;
  const questions = await questionsOf(db, number, workforce, day);
  const answers = await Promise.all(
    questions.map((question) => askIssuance(board.keys.board, board.fetchIssuance, day, question)),
  );
  const statements: IssuanceLeaf[] = [];
  for (const [i, answer] of answers.entries()) {
    const { epoch, last, place } = questions[i]!;
    if (typeof answer === "string") {
      board.logger.event("issuance-missing", { epoch, registrar: place, reason: answer });
    } else if (saysMore(last, answer)) {
      statements.push(answer);
    }
  }
  return statements;
}

async function questionsOf(
  db: Reader,
  number: number,
  workforce: string,
  day: Day,
): Promise<(IssuanceQuestion & { place: number })[]> {
  const { manifest } = await manifestInForce(db, number);
  const letters = await readLetters(db, number);
  const epochs = await db.selectFrom("epoch").select("leaf").where("workforce", "=", number).execute();
  const last = await readIssuance(db, number);
  const questions: (IssuanceQuestion & { place: number })[] = [];
  for (const row of epochs) {
    const { epoch, opens, closes, statements } = parseLeaf(row.leaf) as EpochLeaf;
    const hasOpenLetter = letters.some(
      ({ row: { closing_index }, leaf }) => leaf.epoch === epoch && closing_index === null,
    );
    if (day < opens || (day > closes && !hasOpenLetter)) continue;
    for (const [place, { registrar }] of statements.entries()) {
      // A registrar that the manifest does not name any more has no address; its last statement stays.
      const url = manifest.registrars.find(({ identity }) => identity === registrar)?.url;
      if (url === undefined) continue;
      const said = last.get(`${epoch} ${registrar}`) ?? null;
      questions.push({ workforce, epoch, registrar, url, last: said, place });
    }
  }
  return questions;
}

/** Statements were compared outside of this transaction; another process may have logged newer ones since. */
export async function logStatements(
  trx: Trx,
  logAppend: LogAppend,
  number: number,
  statements: readonly IssuanceLeaf[],
): Promise<void> {
  const last = await readIssuance(trx, number);
  for (const statement of statements) {
    const before = last.get(`${statement.epoch} ${statement.registrar}`) ?? null;
    if (before !== null && (hasFallen(before, statement) || !saysMore(before, statement))) continue;
    const leaf = encodeLeaf(statement);
    const index = await logAppend.add(leaf);
    await trx
      .insertInto("issuance")
      .values({
        workforce: number,
        epoch: statement.epoch,
        registrar: decodeBase64url(statement.registrar, 32),
        leaf_index: index,
        leaf,
      })
      .onConflict((conflict) =>
        conflict.columns(["workforce", "epoch", "registrar"]).doUpdateSet((row) => ({
          leaf_index: row.ref("excluded.leaf_index"),
          leaf: row.ref("excluded.leaf"),
        })),
      )
      .execute();
  }
}
