/** How far a letter is, as organisers are told. */
import type { BesideLetter } from "@undersigned/board";
import type { ActAnswer } from "@undersigned/core";

type LetterState = ActAnswer<"letters">["letters"][number]["state"];

/** `quiet` while nothing has come out, `closing` once the last day was moved or is over. */
export function letterStateOf({ row, closes, moved }: BesideLetter, today: string): LetterState {
  // A letter of which nothing has come out when it closes has too few.
  if (row.closing_index !== null) return row.first_day === null ? "too-few" : "closed";
  if (moved || today > closes) return "closing";
  return row.first_day === null ? "quiet" : "open";
}
