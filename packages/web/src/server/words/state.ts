/** Where a letter stands, and how that is said. */
import { type ClosingLeaf, type Day, daysBetween } from "@undersigned/core";
import type { Say, Words } from "@undersigned/messages";

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
export function stateName(say: Say, { kind }: LetterState): string {
  return say("public.state.name", { kind });
}

export function stateWords(say: Say, state: LetterState): Words {
  switch (state.kind) {
    case "waits":
      return say.rich("public.state.waits", { day: say.day(state.opens) });
    case "open":
      return state.daysLeft === 0
        ? say.rich("public.state.last-day", { day: say.day(state.closes) })
        : say.rich("public.state.open", { day: say.day(state.closes), left: state.daysLeft });
    case "ended":
      return say.rich("public.state.ended", { day: say.day(state.closes) });
    case "closed":
      return say.rich("public.state.closed", { day: say.day(state.day) });
    case "too-few":
      return say.rich("public.state.too-few", { day: say.day(state.day) });
  }
}

/** Said where there is no list. */
export function nobodyShownWords(say: Say, state: LetterState, unlisted: boolean): string {
  if (unlisted) return say("public.nobody-shown.unlisted");
  return say(state.kind === "too-few" ? "public.nobody-shown.too-few" : "public.nobody-shown");
}
