/** Workforces of other boards that this one follows, and what it has recounted of them (decision 33). */
import {
  encodeBase64url,
  type FollowedWorkforce,
  type Following,
  parseCanonical,
  verifiedLog,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import type { BoardTables, Reader } from "../storage/schema.ts";

const MAX_VERIFIED_BYTES = 8_000_000;

export async function readFollowing({ database, clock }: Board): Promise<Following> {
  const rows = await readFollowed(database.db);
  const workforces = rows.map(followedOf).sort((a, b) => (a.workforce < b.workforce ? -1 : 1));
  return { type: "following", v: 1, day: clock.day(), workforces };
}

export async function readFollowed(db: Reader): Promise<BoardTables["followed"][]> {
  return await db.selectFrom("followed").selectAll().orderBy("workforce").execute();
}

export function followedOf(row: BoardTables["followed"]): FollowedWorkforce {
  const { workforce, url, verified, problem, problem_day } = row;
  return {
    workforce: encodeBase64url(workforce),
    url,
    verified: verified === null ? null : verifiedLog.check(parseCanonical(verified, MAX_VERIFIED_BYTES), ""),
    problem: problem === null || problem_day === null ? null : { code: problem, day: problem_day },
  };
}
