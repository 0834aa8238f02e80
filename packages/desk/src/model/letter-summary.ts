/** A letter in a few words, for organisers. */
import type { BesideLetter } from "@undersigned/board";
import type { ActAnswer } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader } from "../storage/schema.ts";
import { findDeskLetter } from "./desk-letters.ts";

export type LetterSummary = ActAnswer<"letters">["letters"][number];

export async function letterSummary(desk: Desk, db: DeskReader, of: BesideLetter): Promise<LetterSummary> {
  const { workforce, letter, leaf, manifest, unlisted, closes, row } = of;
  return {
    workforce,
    letter,
    title: manifest.title,
    state: stateOf(of, desk.clock.day()),
    listed: !unlisted,
    opens: leaf.opens,
    closes,
    // The number that is said: whoever was vouched for is counted apart.
    count: row.counted_mailbox,
    replaces: manifest.replaces,
    linkKey: unlisted ? ((await findDeskLetter(desk, db, letter))?.linkKey ?? null) : null,
  };
}

/** `quiet` while nothing has come out, `closing` once the last day was moved or is over. */
function stateOf({ row, closes, moved }: BesideLetter, today: string): LetterSummary["state"] {
  // A letter of which nothing has come out when it closes has too few.
  if (row.closing_index !== null) return row.first_day === null ? "too-few" : "closed";
  if (moved || today > closes) return "closing";
  return row.first_day === null ? "quiet" : "open";
}
