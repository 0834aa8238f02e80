/** How signatories appear, in totals. */
import { counted, number } from "./numbers.ts";
import type { LetterState } from "./state.ts";

export interface ShownTotals {
  readonly named: number;
  readonly role: number;
  /** Nothing is shown of them: they chose so, or took it back. */
  readonly anonymous: number;
}

export function totalsWords({ named, role, anonymous }: ShownTotals): string {
  const parts = [`${number(named)} by name`, `${number(role)} by role`, `${number(anonymous)} anonymously`];
  const all = counted(named + role + anonymous, "signatory appears", "signatories appear");
  return `${all}: ${parts.slice(0, 2).join(", ")} and ${parts[2]}.`;
}

/** Said where there is no list. */
export function nobodyShownWords(state: LetterState): string {
  return state.kind === "too-few"
    ? "Nobody is shown: there is no number."
    : "Nothing is shown of anyone as long as there is no number.";
}

/** Said beside every list of those who are shown. */
export function anonymousWords(anonymous: number): string {
  const verb = anonymous === 1 ? "is" : "are";
  return `${counted(anonymous, "signatory", "signatories")} ${verb} anonymous and not listed. They are counted all the same.`;
}
