/** How signatories appear, in totals. */
import type { Day, HiddenReason } from "@undersigned/core";
import type { Say } from "../say.ts";
import type { Words } from "../words.ts";

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

export function totalsWords(say: Say, { named, role, hidden, anonymous }: ShownTotals): string {
  const all = named + role + hidden + anonymous;
  return hidden > 0
    ? say("words.totals.hidden", { all, named, role, hidden, anonymous })
    : say("words.totals", { all, named, role, anonymous });
}

/** How many texts are not shown, since when and why. */
export function hiddenWords(say: Say, { count, day, reason }: HiddenTexts): Words {
  return say.rich("words.hidden", { count, day: say.day(day), reason });
}

/** Said beside every list of those who are shown. */
export function anonymousWords(say: Say, anonymous: number): string {
  return say("words.anonymous", { count: anonymous });
}
