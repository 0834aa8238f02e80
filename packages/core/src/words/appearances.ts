/** How signatories appear, in totals. */
import type { Day } from "../day.ts";
import type { HiddenReason } from "../formats/opening.ts";
import { dayWord } from "./days.ts";
import { counted, number } from "./numbers.ts";
import type { Words } from "./words.ts";

export interface ShownTotals {
  readonly named: number;
  readonly role: number;
  /** What they chose to show is hidden. */
  readonly hidden: number;
  /** Nothing is shown of them: they chose so, or took it back. */
  readonly anonymous: number;
}

/** Texts that were hidden on one day for one reason. */
export interface HiddenTexts {
  readonly day: Day;
  readonly reason: HiddenReason;
  readonly count: number;
}

export function totalsWords({ named, role, hidden, anonymous }: ShownTotals): string {
  const parts = [`${number(named)} by name`, `${number(role)} by role`];
  if (hidden > 0) parts.push(`${number(hidden)} with what they show hidden`);
  const all = counted(named + role + hidden + anonymous, "signatory appears", "signatories appear");
  return `${all}: ${parts.join(", ")} and ${number(anonymous)} anonymously.`;
}

const WHY: Readonly<Record<HiddenReason, readonly [one: string, many: string]>> = {
  asked: ["the signatory asked for it", "the signatories asked for it"],
  impersonation: [
    "it could be taken for the addressee or a public figure",
    "they could be taken for the addressee or public figures",
  ],
  invisible: ["it had invisible characters", "they had invisible characters"],
  length: ["it was too long", "they were too long"],
  link: ["it had a link in it", "they had links in them"],
  slur: ["it insulted people", "they insulted people"],
  waiting: ["a rule stopped it and nobody has looked yet", "a rule stopped them and nobody has looked yet"],
};

/** How many texts are not shown, since when and why. */
export function hiddenWords({ count, day, reason }: HiddenTexts): Words {
  const [one, many] = WHY[reason];
  const what = count === 1 ? "1 text has" : `${number(count)} texts have`;
  return [`${what} been hidden since `, dayWord(day), `: ${count === 1 ? one : many}.`];
}

export const HIDDEN_COUNT =
  "Whoever wrote a text that is hidden is counted all the same. A hidden text is erased, unless nobody has looked at it yet.";

/** Said beside every list of those who are shown. */
export function anonymousWords(anonymous: number): string {
  const verb = anonymous === 1 ? "is" : "are";
  return `${counted(anonymous, "signatory", "signatories")} ${verb} anonymous and not listed. They are counted all the same.`;
}
