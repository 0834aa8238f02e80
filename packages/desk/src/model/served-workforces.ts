/** The workforces of the board, and for which of them an organiser's key may open letters. */
import { type BoardReader, manifestsInForce } from "@undersigned/board";
import type { ActAnswer, Base64url } from "@undersigned/core";
import type { DeskReader } from "../storage/schema.ts";

export async function servedWorkforces(
  db: DeskReader,
  key: Base64url,
): Promise<ActAnswer<"home">["workforces"]> {
  // The board's tables are in the same database, so one transaction reads both.
  const all = await manifestsInForce(db as unknown as BoardReader);
  return all.map(({ workforce, manifest: { employer, openers } }) => ({
    workforce,
    employer,
    opener: openers.includes(key),
  }));
}
