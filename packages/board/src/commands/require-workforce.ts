import { BoardError } from "../errors.ts";
import type { WorkforceRow } from "../log/log-append.ts";
import { idBytes } from "../model/letter-book.ts";
import type { Trx } from "../storage/schema.ts";

/** Throws `workforce-unknown`. `workforce` is base64url. */
export async function requireWorkforce(trx: Trx, workforce: string): Promise<WorkforceRow> {
  const id = idBytes(workforce);
  const row =
    id === null
      ? undefined
      : await trx.selectFrom("workforce").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) {
    throw new BoardError("workforce-unknown", "This board does not serve this workforce: check its link.");
  }
  return row;
}
