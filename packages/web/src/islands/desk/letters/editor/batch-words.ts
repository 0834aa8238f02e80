/** The batch rule in plain words, with an example in its own numbers (DESIGN §3, step 4). */
import { say } from "../../../say.ts";

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
      ? say("desk-writing.the-first-signature-is-shown")
      : say("desk-writing.nothing-until", { start }),
    say("desk-writing.then-at-most", { every, min }),
    example(start, min),
    say("desk-writing.what-is-left-when-the"),
  ];
}

/** More than are needed sign first, fewer than are needed after. */
function example(start: number, min: number): string {
  const more = start + Math.max(1, Math.round(start / 10));
  if (min < 2) return say("desk-writing.example", { more });
  const few = Math.max(1, Math.floor(min / 2));
  return say("desk-writing.example-few", { more, few, min });
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isInteger(value) && value > 0;
}
