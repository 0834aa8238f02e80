/** A letter in a few words, for organisers. */
import { type BesideLetter, type BoardReader, letterAfterClosing } from "@undersigned/board";
import type { ActAnswer } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader } from "../storage/schema.ts";
import { findDeskLetter } from "./desk-letters.ts";
import { letterStateOf } from "./letter-state.ts";
import { isReplaced } from "./replaced-letters.ts";

export type LetterSummary = ActAnswer<"letters">["letters"][number];

/** `all`: the board's letters. */
export async function letterSummary(
  desk: Desk,
  db: DeskReader,
  of: BesideLetter,
  all: readonly BesideLetter[],
): Promise<LetterSummary> {
  const { workforce, letter, leaf, manifest, unlisted, closes, row } = of;
  const state = letterStateOf(of, desk.clock.day());
  return {
    workforce,
    letter,
    title: manifest.title,
    state,
    listed: !unlisted,
    opens: leaf.opens,
    closes,
    delivers: manifest.delivers,
    awaits: (await isReplaced(desk, db, of, all)) ? [] : await tasksOf(db, of, state),
    // The number that is said: whoever was vouched for is counted apart.
    count: row.counted_mailbox,
    replaces: manifest.replaces,
    linkKey: unlisted ? ((await findDeskLetter(desk, db, letter))?.linkKey ?? null) : null,
  };
}

/**
 * A demand that was judged is to be judged again when the next answer comes; that one answer leaves another demand as it was,
 * organisers say by judging any of them anew.
 */
async function tasksOf(
  db: DeskReader,
  of: BesideLetter,
  state: LetterSummary["state"],
): Promise<LetterSummary["awaits"]> {
  // While its text is not public, neither can be logged.
  if (of.unlisted) return [];
  const { workforce, letter, manifest } = of;
  const after = await letterAfterClosing(db as unknown as BoardReader, { workforce, letter });
  const tasks: LetterSummary["awaits"][number][] = [];
  if (state === "closed" && after.deliveries.length === 0) tasks.push("delivery");
  const isOpen = ({ id }: { readonly id: string }) => after.answeredSince || !after.judged.has(id);
  if (after.responses.length > 0 && manifest.demands.some(isOpen)) tasks.push("judgement");
  return tasks;
}
