/**
 * Whether a letter has a newer version that stands in its place. Anyone who may open letters can write that theirs replaces another
 * (decision 24), so only what this desk has published counts, or whoever has opened both.
 */
import type { BesideLetter } from "@undersigned/board";
import type { Desk } from "../desk.ts";
import type { DeskReader } from "../storage/schema.ts";
import { findDeskLetter } from "./desk-letters.ts";
import { letterStateOf } from "./letter-state.ts";

/** `all`: the board's letters. A newer version that had too few stands for nobody, and the letter is as it was. */
export async function isReplaced(
  desk: Desk,
  db: DeskReader,
  { workforce, letter, leaf }: BesideLetter,
  all: readonly BesideLetter[],
): Promise<boolean> {
  for (const newer of all) {
    if (newer.workforce !== workforce || newer.manifest.replaces !== letter) continue;
    const isOurs = newer.leaf.by === leaf.by || (await findDeskLetter(desk, db, newer.letter)) !== null;
    if (!isOurs) continue;
    if (letterStateOf(newer, desk.clock.day()) !== "too-few") return true;
    // No letter can name one that comes after it, so this ends.
    if (await isReplaced(desk, db, newer, all)) return true;
  }
  return false;
}
