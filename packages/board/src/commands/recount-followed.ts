/**
 * Recounts the workforces that are followed, one after the other, and keeps what was found. Nothing that another board says is shown
 * before it was recounted; and what was recounted stays, with its day, until a later recount finds nothing wrong either.
 */
import {
  type Day,
  encodeBase64url,
  encodeCanonical,
  followProblem,
  type JsonValue,
  type VerifiedLog,
  verifiedLog,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { followedOf, readFollowed } from "../model/followed.ts";
import type { BoardTables } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import type { ToFollow } from "./follow-workforce.ts";

/** Does the work: package follow. It is given addresses that the operator has named, and no others. */
export type FollowEngine = {
  /** Rejects only upon `signal`. `known`: the checkpoint of the last recount that found nothing wrong. */
  recount(
    asked: ToFollow & { readonly known: Uint8Array | null },
    signal: AbortSignal,
  ): Promise<FollowAnswer>;
  /** Forgets what it keeps of all other workforces. */
  keepOnly(workforces: readonly string[]): Promise<void>;
};

export type FollowAnswer =
  | {
      readonly verified: Omit<VerifiedLog, "day">;
      /** The signed note. */
      readonly checkpoint: Uint8Array;
    }
  | {
      /** A code of small letters and hyphens. */
      readonly problem: string;
    };

type Row = BoardTables["followed"];

export type FollowedRecount = {
  /** False when another process was at it: this one did nothing. */
  readonly held: boolean;
  readonly workforces: number;
  readonly problems: number;
};

/** `again`: also those that were tried today. Resolves early once `signal` is aborted. */
export async function recountFollowed(
  board: Board,
  engine: FollowEngine,
  { again, signal }: { readonly again: boolean; readonly signal: AbortSignal },
): Promise<FollowedRecount> {
  const { database, clock } = board;
  const done = await database.tryLock("board-following", async () => {
    const rows = await readFollowed(database.db);
    await engine.keepOnly(rows.map(({ workforce }) => encodeBase64url(workforce)));
    let [workforces, problems] = [0, 0];
    for (const row of rows) {
      if (signal.aborted) break;
      if (!again && wasTriedOn(row, clock.day())) continue;
      const found = await ask(engine, row, clock.day(), signal);
      if (found === null) break;
      workforces++;
      if (found.problem !== null) problems++;
      await keep(board, row, found);
    }
    if (workforces > 0) board.logger.event("followed-recounted", { workforces, problems });
    return { workforces, problems };
  });
  return done.held ? { held: true, ...done.value } : { held: false, workforces: 0, problems: 0 };
}

function wasTriedOn(row: Row, day: Day): boolean {
  const { verified, problem } = followedOf(row);
  return (problem ?? verified)?.day === day;
}

/** The columns to change; null once it is to stop. What an engine may not do counts as a problem, and holds up no other workforce. */
async function ask(
  engine: FollowEngine,
  { url, workforce, checkpoint }: Row,
  day: Day,
  signal: AbortSignal,
): Promise<Partial<Row> | null> {
  try {
    const asked = { url, workforce: encodeBase64url(workforce), known: checkpoint };
    return columnsOf(await engine.recount(asked, signal), day);
  } catch {
    return signal.aborted ? null : columnsOf({ problem: "recount-broken" }, day);
  }
}

function columnsOf(answer: FollowAnswer, day: Day): Partial<Row> {
  if ("problem" in answer) {
    followProblem.check({ code: answer.problem, day }, "");
    return { problem: answer.problem, problem_day: day };
  }
  const verified = { ...answer.verified, day } as unknown as JsonValue;
  verifiedLog.check(verified, "");
  const { checkpoint } = answer;
  return { verified: encodeCanonical(verified), checkpoint, problem: null, problem_day: null };
}

/** Of a row that was removed, or has another address by now, nothing is kept. */
async function keep({ database }: Board, { workforce, url }: Row, found: Partial<Row>): Promise<void> {
  await write(database, database.engine, (trx) =>
    trx
      .updateTable("followed")
      .set(found)
      .where("workforce", "=", workforce)
      .where("url", "=", url)
      .execute(),
  );
}
