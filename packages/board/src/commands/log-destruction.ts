/**
 * Logs a registrar's statement that it has destroyed its keys of an epoch (PROTOCOL §4, rule 11). Anyone may bring it: what
 * counts is who has signed it. It is logged at once, and once.
 */
import {
  type DestructionLeaf,
  decodeBase64url,
  destructionRequest,
  type EpochLeaf,
  encodeLeaf,
  type JsonValue,
  leafName,
  parseLeaf,
  verifyObject,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend } from "../log/log-append.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import type { Published } from "./published.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Durable when it resolves. The same leaf again gives the same answer. Throws BoardError or CoreError. */
export async function logDestruction(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const { leaf } = destructionRequest.check(body, "");
  const entry = encodeLeaf(leaf);
  const registrar = decodeBase64url(leaf.registrar, 32);
  if (!(await verifyObject(leaf, leaf.registrar))) {
    throw new BoardError(
      "signature-invalid",
      "The destruction is not signed by the registrar that it names.",
    );
  }
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const known = await trx
      .selectFrom("destruction")
      .select(["leaf", "leaf_index"])
      .where("workforce", "=", row.number)
      .where("epoch", "=", leaf.epoch)
      .where("registrar", "=", registrar)
      .executeTakeFirst();
    if (known !== undefined) {
      if (leafName(known.leaf) !== leafName(entry)) {
        throw new BoardError(
          "destruction-taken",
          "The log has another statement of this registrar about this epoch already: nothing more is needed.",
        );
      }
      return { index: known.leaf_index, number: row.number, head: null };
    }
    await requireOver(trx, row.number, workforce, leaf, board.clock.day());
    const log = await LogAppend.begin(trx, row, board.seen);
    const index = await log.add(entry);
    await trx
      .insertInto("destruction")
      .values({ workforce: row.number, epoch: leaf.epoch, registrar, leaf_index: index, leaf: entry })
      .execute();
    return { index, number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("destruction-logged", { epoch: leaf.epoch });
  }
  return { type: "published", v: 1, workforce, leaf: leafName(entry), index: done.index };
}

/** The registrar must have keys in the epoch, and the epoch must be over, by the leaf's day and by the board's. */
async function requireOver(
  trx: Trx,
  number: number,
  workforce: string,
  { epoch, registrar, day, workforce: of }: DestructionLeaf,
  today: string,
): Promise<void> {
  const row = await trx
    .selectFrom("epoch")
    .select("leaf")
    .where("workforce", "=", number)
    .where("epoch", "=", epoch)
    .executeTakeFirst();
  const logged = row === undefined ? undefined : (parseLeaf(row.leaf) as EpochLeaf);
  if (of !== workforce || !logged?.statements.some((statement) => statement.registrar === registrar)) {
    throw new BoardError("epoch-unknown", "This registrar has no keys in this epoch of this workforce.");
  }
  if (day <= logged.closes || today <= logged.closes) {
    throw new BoardError(
      "epoch-not-over",
      `The epoch goes on to ${logged.closes}: its keys are in use until then.`,
    );
  }
}
