/**
 * States in each workforce's log which client build this board gives to browsers (PROTOCOL §3.5): once for each build and
 * workforce. Several processes may do it at the same time; each build still comes into the log once.
 */
import {
  type ClientLeaf,
  clientBuildHash,
  decodeBase64url,
  encodeBase64url,
  encodeLeaf,
  signObject,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { LogAppend } from "../log/log-append.ts";
import { CLIENT } from "../model/letter-book.ts";
import { write } from "../storage/write.ts";
import { putFile } from "./put-file.ts";

/** Durable when it resolves. Does nothing on a board without pages. */
export async function logClientBuild(board: Board): Promise<void> {
  const { clientBuild } = board;
  if (clientBuild === null) return;
  const client = clientBuildHash(clientBuild);
  for (const number of await workforcesWithout(board, client))
    await logFor(board, number, client, clientBuild);
}

async function workforcesWithout(board: Board, client: string): Promise<number[]> {
  const { db } = board.database;
  const all = await db.selectFrom("workforce").select("number").orderBy("number").execute();
  const having = await db
    .selectFrom("client")
    .select("workforce")
    .where("hash", "=", decodeBase64url(client, 32))
    .execute();
  const has = new Set(having.map(({ workforce }) => workforce));
  return all.map(({ number }) => number).filter((number) => !has.has(number));
}

async function logFor(board: Board, number: number, client: string, file: Uint8Array): Promise<void> {
  const hash = decodeBase64url(client, 32);
  const head = await write(board.database, board.database.engine, async (trx) => {
    const row = await trx
      .selectFrom("workforce")
      .selectAll()
      .where("number", "=", number)
      .executeTakeFirstOrThrow();
    const known = await trx
      .selectFrom("client")
      .select("leaf_index")
      .where("workforce", "=", number)
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (known !== undefined) return null;
    const log = await LogAppend.begin(trx, row, board.seen);
    const leaf: ClientLeaf = signObject(
      {
        type: "client" as const,
        v: 1 as const,
        workforce: encodeBase64url(row.id),
        day: board.clock.day(),
        client,
      },
      board.keys.board,
    );
    await putFile(trx, number, CLIENT, client, file);
    const leaf_index = await log.add(encodeLeaf(leaf));
    await trx.insertInto("client").values({ workforce: number, leaf_index, hash }).execute();
    return await log.finish(board.signerOf(row.log_key));
  });
  if (head === null) return;
  board.seen.set(number, head);
  board.logger.event("client-logged", {});
}
