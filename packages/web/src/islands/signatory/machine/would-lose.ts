/** Whether closing the page now would lose something that cannot be had again without trouble. Only then does it ask. */
import { hasSigned, type State } from "./state.ts";

export function wouldLose(state: State): boolean {
  const { screen, busy, enrolling, saved, storedHere, keeps } = state;
  if (screen === "left") return false;
  if (busy === "sending") return true;
  if (hasSigned(state) || !enrolling.handedOver) return false;
  // With the phrase everything can be had again, by another code; without it, this page is all there is.
  return keeps === "nothing" || (!saved && !storedHere);
}
