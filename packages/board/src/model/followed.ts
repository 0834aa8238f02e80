/** Workforces of other boards that this one follows, and what it has recounted of them (decision 33). */
import {
  encodeBase64url,
  equalBytes,
  type FollowedWorkforce,
  type Following,
  parseCanonical,
  verifiedLog,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import type { BoardTables, Reader } from "../storage/schema.ts";

type Row = BoardTables["followed"];

const MAX_VERIFIED_BYTES = 8_000_000;

/** What does not change between two calls is the same object in both. */
export async function readFollowing({ database, clock, followed }: Board): Promise<Following> {
  const rows = await readFollowed(database.db);
  const workforces = followed.of(rows).sort((a, b) => (a.workforce < b.workforce ? -1 : 1));
  return { type: "following", v: 1, day: clock.day(), workforces };
}

/** Rows as they were parsed last: one can be a megabyte that another board chose, and only a recount changes it. */
export class FollowedRows {
  #kept = new Map<string, { readonly row: Row; readonly parsed: FollowedWorkforce }>();

  /** Keeps what was given last and nothing else. */
  of(rows: readonly Row[]): FollowedWorkforce[] {
    const before = this.#kept;
    this.#kept = new Map(
      rows.map((row) => {
        const id = encodeBase64url(row.workforce);
        const known = before.get(id);
        const isSame = known !== undefined && isSameRow(known.row, row);
        return [id, isSame ? known : { row, parsed: followedOf(row) }];
      }),
    );
    return [...this.#kept.values()].map(({ parsed }) => parsed);
  }
}

function isSameRow(a: Row, b: Row): boolean {
  return (
    a.url === b.url &&
    a.problem === b.problem &&
    a.problem_day === b.problem_day &&
    (a.verified === null || b.verified === null
      ? a.verified === b.verified
      : equalBytes(a.verified, b.verified))
  );
}

export async function readFollowed(db: Reader): Promise<Row[]> {
  return await db.selectFrom("followed").selectAll().orderBy("workforce").execute();
}

export function followedOf(row: Row): FollowedWorkforce {
  const { workforce, url, verified, problem, problem_day } = row;
  return {
    workforce: encodeBase64url(workforce),
    url,
    verified: verified === null ? null : verifiedLog.check(parseCanonical(verified, MAX_VERIFIED_BYTES), ""),
    problem: problem === null || problem_day === null ? null : { code: problem, day: problem_day },
  };
}
