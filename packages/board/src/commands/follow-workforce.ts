/** Begins and ends to follow a workforce of another board (decision 33): an operator's commands. Nothing is asked of the other board here. */
import { decodeBase64url, followedWorkforce, MAX_FOLLOWED } from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { idBytes } from "../model/letter-book.ts";
import { write } from "../storage/write.ts";

export type ToFollow = {
  /** Of the board or a mirror, without the workforce's prefix. */
  readonly url: string;
  /** Workforce id, from a link that the operator was given: all trust in what is recounted begins with it. */
  readonly workforce: string;
};

/**
 * Durable when it resolves. For a workforce that is followed already it changes the address alone. Throws `followed-own`,
 * `too-many-followed`, and CoreError `bad-field`.
 */
export async function followWorkforce(board: Board, { url, workforce }: ToFollow): Promise<void> {
  followedWorkforce.check({ workforce, url, verified: null, problem: null }, "");
  const id = decodeBase64url(workforce, 32);
  await write(board.database, board.database.engine, async (trx) => {
    const own = await trx.selectFrom("workforce").select("number").where("id", "=", id).executeTakeFirst();
    if (own !== undefined) {
      throw new BoardError(
        "followed-own",
        "This board serves this workforce itself: there is nothing to follow.",
      );
    }
    const known = await trx.selectFrom("followed").select("workforce").execute();
    if (known.some((row) => Buffer.compare(row.workforce, id) === 0)) {
      await trx.updateTable("followed").set({ url }).where("workforce", "=", id).execute();
      return;
    }
    if (known.length >= MAX_FOLLOWED) {
      throw new BoardError(
        "too-many-followed",
        `A board follows ${MAX_FOLLOWED} workforces at most: remove one.`,
      );
    }
    const nothing = { verified: null, checkpoint: null, problem: null, problem_day: null };
    await trx
      .insertInto("followed")
      .values({ workforce: id, url, ...nothing })
      .execute();
  });
}

/** Whether it was followed. What was recounted of it is forgotten. */
export async function unfollowWorkforce(board: Board, workforce: string): Promise<boolean> {
  const id = idBytes(workforce);
  if (id === null) return false;
  const { numDeletedRows } = await write(board.database, board.database.engine, (trx) =>
    trx.deleteFrom("followed").where("workforce", "=", id).executeTakeFirst(),
  );
  return numDeletedRows > 0n;
}
