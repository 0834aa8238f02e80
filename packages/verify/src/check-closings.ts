/** Closing leaves (PROTOCOL §4 rule 6): once, late enough, and with the counts that the log had at that point. */
import type { ClosingLeaf, PerClass } from "@undersigned/core";
import type { Found } from "./errors.ts";
import { closesOf, type LetterRecord } from "./letter-record.ts";

/** Whether the leaf is the letter's closing; a second one is not. */
export function checkClosing(
  leaf: ClosingLeaf,
  index: number,
  record: LetterRecord | undefined,
  found: Found,
): boolean {
  const note = (code: Parameters<Found>[0], message: string) => found(code, index, message, leaf.letter);
  if (record === undefined) {
    note("letter-unknown", "The closing is of a letter that has not been opened.");
    return false;
  }
  if (record.closing !== null) {
    note("closing-repeated", `The letter was closed before, by leaf ${record.closing.index}.`);
    return false;
  }
  const closes = closesOf(record);
  if (leaf.day <= closes)
    note("closing-too-early", `The letter takes endorsements until ${closes}; it was closed on ${leaf.day}.`);
  const { counted, withdrawn } = record.states;
  if (!same(leaf.counts, counted) || !same(leaf.withdrawn, withdrawn)) {
    const message = `The closing states ${describe(leaf.counts)}, withdrawn ${describe(leaf.withdrawn)}; the log has ${describe(counted)}, withdrawn ${describe(withdrawn)}.`;
    note("closing-count-wrong", message);
  }
  if (leaf.outcome === "too-few") {
    if (record.released > 0)
      note("closing-outcome-wrong", "The closing says that too few endorsed, but endorsements came out.");
    if (leaf.destroyed !== null)
      note("closing-outcome-wrong", "Where too few endorsed, nothing is said of a destroyed rest.");
  } else if (leaf.destroyed === null) {
    note("closing-outcome-wrong", "A closing says how many endorsements were destroyed, even if none were.");
  }
  return true;
}

function same(a: PerClass, b: PerClass): boolean {
  return a.mailbox === b.mailbox && a.vouched === b.vouched;
}

function describe({ mailbox, vouched }: PerClass): string {
  return `${mailbox} mailbox and ${vouched} vouched`;
}
