/** Closes a letter within a tick (PROTOCOL §4, rule 6): what did not come out is destroyed, and the state is logged. */
import { CLASSES, type ClosingLeaf, type Day, encodeLeaf } from "@undersigned/core";
import type { LogAppend } from "../log/log-append.ts";
import type { PendingKey } from "../model/pool-view.ts";
import type { BoardTables, Trx } from "../storage/schema.ts";
import { chunks } from "../storage/write.ts";

/**
 * Writes the closing leaf and sets `closing_index` in `row`, whose counts are those after the batch. `destroyed` are
 * the keys whose endorsement did not come out: with `too-few` all, else those that did not agree.
 */
export async function closeLetter(
  trx: Trx,
  log: LogAppend,
  at: { readonly day: Day; readonly outcome: ClosingLeaf["outcome"] },
  letter: { readonly row: BoardTables["letter"]; readonly id: string },
  destroyed: readonly PendingKey[],
): Promise<void> {
  const { row, id } = letter;
  await destroyPending(trx, row.number, destroyed);
  const numbers = { mailbox: 0, vouched: 0 };
  for (const key of destroyed) numbers[CLASSES[key.class]!]++;
  row.closing_index = await log.add(
    encodeLeaf({
      type: "closing",
      v: 1,
      letter: id,
      day: at.day,
      outcome: at.outcome,
      counts: { mailbox: row.counted_mailbox, vouched: row.counted_vouched },
      withdrawn: { mailbox: row.withdrawn_mailbox, vouched: row.withdrawn_vouched },
      destroyed: at.outcome === "closed" ? numbers : null,
    }),
  );
}

/** Nothing of these keys stays: neither leaves, nor what was to be shown, nor that they were here. */
async function destroyPending(trx: Trx, letter: number, keys: readonly PendingKey[]): Promise<void> {
  const hashes = keys.flatMap(({ endorsement, later }) => {
    return [...(endorsement === null ? [] : [endorsement]), ...later].map(({ hash }) => hash);
  });
  for (const some of chunks(hashes, 256)) {
    await trx.deleteFrom("pool").where("hash", "in", some).execute();
  }
  for (const { bucket, key } of keys) {
    await trx
      .deleteFrom("signatory")
      .where("letter", "=", letter)
      .where("bucket", "=", bucket)
      .where("key", "=", key)
      .execute();
  }
}
