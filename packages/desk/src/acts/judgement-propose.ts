/** Proposes how a demand stands. Nobody but organisers learns of it until a second owner agrees. */
import { type BesideLetter, type BoardReader, letterAfterClosing } from "@undersigned/board";
import { encodeRecord, type JudgementRecord, recordHash } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { requireCopy } from "../model/copies.ts";
import { putJudgement } from "../model/judgements.ts";
import { copiesOf } from "../model/publish-copies.ts";
import type { DeskReader } from "../storage/schema.ts";
import { within } from "./act.ts";
import { requireSignedBy } from "./require-signed-by.ts";

export const judgementPropose = within<"judgement-propose">(
  async ({ desk, caller, trx }, { record, sig }) => {
    const at = await boardLetter(desk, trx, record.workforce, record.letter);
    const hash = recordHash("judgement-record", encodeRecord(record));
    await requireSignedBy(caller, at, { type: "judgement", hash, sig });
    await requireFollowing(trx, at, record);
    for (const copy of copiesOf([record.source])) await requireCopy(desk, trx, copy);
    const { id, alias, key } = caller;
    await putJudgement(desk, trx, { record, hash, by: [{ id, alias, key, sig }] });
    return { answer: { record: hash }, about: aboutOf(at, record) };
  },
);

/** Throws `demand-unknown`, `record-behind`: what the board would refuse later, when a second owner has taken the trouble. */
export async function requireFollowing(
  db: DeskReader,
  { workforce, letter, manifest }: BesideLetter,
  { demand, previous }: JudgementRecord,
): Promise<void> {
  if (!manifest.demands.some(({ id }) => id === demand)) {
    throw new DeskError("demand-unknown", "The letter makes no such demand: choose one of those it makes.");
  }
  const { judged } = await letterAfterClosing(db as unknown as BoardReader, { workforce, letter });
  if ((judged.get(demand) ?? null) === previous) return;
  throw new DeskError(
    "record-behind",
    "This demand was judged meanwhile: read that first, and propose anew.",
  );
}

export function aboutOf({ manifest }: BesideLetter, { demand, state }: JudgementRecord): string {
  const title = manifest.demands.find(({ id }) => id === demand)?.title ?? demand;
  return `${title}: ${state}`;
}

/** For the second owner. Throws `judgement-unknown`. */
export function judgementUnknown(): DeskError {
  return new DeskError("judgement-unknown", "This is not proposed, or not any more: load the letter again.");
}
