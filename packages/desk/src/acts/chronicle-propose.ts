/** Proposes an entry of the chronicle that two organisers sign. Nobody but organisers learns of it until a second owner agrees. */
import { type BesideLetter, type BoardReader, letterAfterClosing } from "@undersigned/board";
import {
  type ChronicleRecord,
  canHaveHappened,
  encodeRecord,
  MAX_PROPOSED_ENTRIES,
  placeOf,
  recordHash,
  type Source,
  whatIsWrongWithPlace,
  whatIsWrongWithTranslation,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { requireCopy } from "../model/copies.ts";
import { findEntryRow, putEntryRow, readProposedEntries } from "../model/proposed-entries.ts";
import { copiesOf } from "../model/publish-copies.ts";
import type { DeskReader } from "../storage/schema.ts";
import { within } from "./act.ts";
import { requireSignedBy } from "./require-signed-by.ts";

export const chroniclePropose = within<"chronicle-propose">(
  async ({ desk, caller, trx }, { record, sig }) => {
    const { workforce, letter } = record;
    const at = await boardLetter(desk, trx, workforce, letter);
    const hash = recordHash("chronicle-record", encodeRecord(record));
    await requireSignedBy(caller, at, { type: "chronicle", hash, sig });
    // Who has proposed it first, stays; and what is in the log is not proposed again.
    if ((await findEntryRow(desk, trx, letter, hash)) !== null)
      return { answer: { record: hash }, about: null };
    await requirePlace(desk, trx, at, record);
    for (const copy of copiesOf(sourcesOf(record))) await requireCopy(desk, trx, copy);
    if ((await readProposedEntries(desk, trx, letter)).length >= MAX_PROPOSED_ENTRIES) {
      throw new DeskError(
        "proposals-full",
        `${MAX_PROPOSED_ENTRIES} entries wait for a second owner already: agree to some, or drop them.`,
      );
    }
    const { id, alias, key } = caller;
    await putEntryRow(desk, trx, letter, { hash, record, by: { id, alias, key, sig }, agreed: null });
    return { answer: { record: hash }, about: aboutEntry(at.manifest.title, record) };
  },
);

/** Throws `record-behind`, `entry-days`, `entry-mismatch`: what the board would refuse when a second owner has taken the trouble. */
async function requirePlace(
  desk: Desk,
  db: DeskReader,
  { workforce, letter, manifest }: BesideLetter,
  { on, replaces, entry }: ChronicleRecord,
): Promise<void> {
  if (!canHaveHappened(on, desk.clock.day())) {
    throw new DeskError(
      "entry-days",
      "The entry is of a day that is still to come: give the day when it happened.",
    );
  }
  const { inForce } = await letterAfterClosing(db as unknown as BoardReader, { workforce, letter });
  const wrong = whatIsWrongWithPlace({ ...placeOf(entry), replaces }, inForce);
  if (wrong !== null)
    throw new DeskError("record-behind", `${wrong} Read the newest state, and propose anew.`);
  const mismatch = entry.kind === "translation" ? whatIsWrongWithTranslation(entry, manifest) : null;
  if (mismatch !== null) throw new DeskError("entry-mismatch", mismatch);
}

export function sourcesOf({ entry }: ChronicleRecord): Source[] {
  return "source" in entry && entry.source !== null ? [entry.source] : [];
}

export function aboutEntry(title: string, { entry }: ChronicleRecord): string {
  return `${title}: ${entry.kind === "translation" ? `${entry.kind} (${entry.language})` : entry.kind}`;
}

/** For the second owner. Throws `proposal-unknown`. */
export function proposalUnknown(): DeskError {
  return new DeskError("proposal-unknown", "This is not proposed, or not any more: load the letter again.");
}
