/**
 * Decisions of a moderator that are not sent yet: until then each can be undone. Hiding erases what was shown for good, so nothing is
 * sent by the press that decides.
 */

import { say } from "../../../say.ts";
import type { HideReason } from "../words.ts";

export type Decision = { readonly show: true } | { readonly show: false; readonly reason: HideReason };

/** By the index of the leaf. */
export type Decisions = ReadonlyMap<number, Decision>;

export const NONE: Decisions = new Map();

export function decided(decisions: Decisions, index: number, decision: Decision): Decisions {
  return new Map(decisions).set(index, decision);
}

export function undone(decisions: Decisions, index: number): Decisions {
  const left = new Map(decisions);
  left.delete(index);
  return left;
}

/** As they are sent: what hides comes last, so that a mistake is noticed as late as can be. */
export function inOrder(decisions: Decisions): readonly (readonly [index: number, decision: Decision])[] {
  return [...decisions].sort(([a, x], [b, y]) => Number(y.show) - Number(x.show) || a - b);
}

export function decisionsWords(decisions: Decisions): string {
  const hides = [...decisions.values()].filter(({ show }) => !show).length;
  const shows = decisions.size - hides;
  const which = hides === 0 ? "shows" : shows === 0 ? "hides" : "both";
  return say("desk-moderation.decisions", { which, shows, hides });
}
