/** The batch rule in plain words, with an example in its own numbers (DESIGN §3, step 4). */
import { counted, number } from "../../../../shared/words/numbers.ts";

export interface BatchNumbers {
  readonly first: number | null;
  readonly min: number | null;
  readonly every: number | null;
}

/** One sentence a line; empty while a number is missing. */
export function batchWords({ first, min, every }: BatchNumbers): readonly string[] {
  if (!isCount(first) || !isCount(min) || !isCount(every)) return [];
  const start = Math.max(first, min);
  return [
    start === 1
      ? "The first signature is shown on the next day."
      : `Nothing is shown until ${number(start)} have signed: not a name, and not a number. Nobody has to be the first.`,
    `Then at most ${everyWords(every)}, and never fewer than ${number(min)} at once. Whoever watches cannot tell who signed when.`,
    example(start, min),
    "What is left when the letter closes is shown then, as far as the people have agreed to that; the rest is destroyed.",
  ];
}

/** More than are needed sign first, fewer than are needed after. */
function example(start: number, min: number): string {
  const more = start + Math.max(1, Math.round(start / 10));
  if (min < 2)
    return `An example: ${number(more)} sign before the first day ends. The page says ${number(more)} on the next.`;
  const few = Math.max(1, Math.floor(min / 2));
  return `An example: ${number(more)} sign at first, and the page says ${number(more)}. Then ${counted(few, "person signs", "people sign")}: the page still says ${number(more)}, until ${number(min)} are there.`;
}

function everyWords(every: number): string {
  if (every === 1) return "once a day";
  return every === 7 ? "once a week" : `every ${number(every)} days`;
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isInteger(value) && value > 0;
}
