/** The last day of a letter: its leaf's, or the one that an early closing has moved it to (PROTOCOL §4, rule 12). */
import { type Day, type EarlyClosingLeaf, parseLeaf } from "@undersigned/core";
import type { Reader } from "../storage/schema.ts";

/** Asked for anew each time: it may be moved at any moment, by another process too. */
export async function closingDay(
  db: Reader,
  letter: { readonly number: number; readonly leaf: { readonly closes: Day } },
): Promise<Day> {
  const moved = await movedClosings(db, [letter.number]);
  return moved.get(letter.number) ?? letter.leaf.closes;
}

/** By letter number, those that were moved. */
export async function movedClosings(db: Reader, letters: readonly number[]): Promise<Map<number, Day>> {
  if (letters.length === 0) return new Map();
  const rows = await db
    .selectFrom("early_closing")
    .select(["letter", "leaf"])
    .where("letter", "in", letters)
    .execute();
  return new Map(rows.map(({ letter, leaf }) => [letter, (parseLeaf(leaf) as EarlyClosingLeaf).closes]));
}
