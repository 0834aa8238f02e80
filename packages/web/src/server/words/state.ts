/** Where a letter stands, and how that is said. */
import { type ClosingLeaf, type Day, daysBetween } from "@undersigned/core";
import { dayWord } from "../../shared/words/days.ts";
import { counted } from "../../shared/words/numbers.ts";
import type { Words } from "../../shared/words/words.ts";

export type LetterState =
  | { readonly kind: "waits"; readonly opens: Day }
  | { readonly kind: "open"; readonly closes: Day; readonly daysLeft: number }
  /** Past its last day, and not yet closed in the log. */
  | { readonly kind: "ended"; readonly closes: Day }
  | { readonly kind: "closed" | "too-few"; readonly day: Day };

export function letterState(
  letter: { readonly opens: Day; readonly closes: Day; readonly closing: ClosingLeaf | null },
  today: Day,
): LetterState {
  const { opens, closes, closing } = letter;
  if (closing !== null) return { kind: closing.outcome, day: closing.day };
  if (today < opens) return { kind: "waits", opens };
  if (today > closes) return { kind: "ended", closes };
  return { kind: "open", closes, daysLeft: daysBetween(today, closes) };
}

/** One or two words, for a list. */
export function stateName(state: LetterState): string {
  const names = { waits: "Not open yet", open: "Open", ended: "Ended", closed: "Closed" };
  return state.kind === "too-few" ? "Closed without a number" : names[state.kind];
}

export function stateWords(state: LetterState): Words {
  switch (state.kind) {
    case "waits":
      return ["Signing begins on ", dayWord(state.opens), "."];
    case "open":
      return state.daysLeft === 0
        ? ["Open for signing. Today, ", dayWord(state.closes), ", is the last day."]
        : ["Open for signing until ", dayWord(state.closes), `: ${daysLeft(state.daysLeft)} left.`];
    case "ended":
      return ["Signing ended on ", dayWord(state.closes), ". The closing count is not there yet."];
    case "closed":
      return ["Closed on ", dayWord(state.day), "."];
    case "too-few":
      return ["Closed on ", dayWord(state.day), " without a number."];
  }
}

function daysLeft(days: number): string {
  return counted(days, "day", "days");
}

/** Said where there is no list. */
export function nobodyShownWords(state: LetterState, unlisted: boolean): string {
  if (unlisted)
    return "Nobody is shown while this letter is unlisted. When it becomes public, those who chose to be shown are.";
  return state.kind === "too-few"
    ? "Nobody is shown: there is no number."
    : "Nothing is shown of anyone as long as there is no number.";
}
