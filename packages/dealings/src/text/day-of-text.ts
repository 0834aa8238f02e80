/** Days as exports write them. */
import { type Day, isDay } from "@undersigned/core";

/** The day that `YYYY-MM-DD` or a timestamp beginning with it names, as it is written there; null for all else. */
export function dayOfText(text: string): Day | null {
  const match = /^\s*(\d{4}-\d{2}-\d{2})(?=$|[T\s])/.exec(text);
  return match !== null && isDay(match[1]!) ? match[1]! : null;
}

/** The day that `M/D/YYYY` names (the layout before 2017), or one of the form above. */
export function dayOfOldText(text: string): Day | null {
  const match = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|\s)/.exec(text);
  if (match === null) return dayOfText(text);
  return dayOfText(`${match[3]}-${match[1]!.padStart(2, "0")}-${match[2]!.padStart(2, "0")}`);
}
