/** What the log says about the letter at hand, for those who ask in the middle of a step. */
import type { EnrolmentTokens, WorkforceManifest } from "@undersigned/core";
import { letterOf, type State } from "./state.ts";

/** The rules of the letter's epoch, whatever came later and whatever a clock says. Null before the log is open. */
export function rulesFor(state: State): WorkforceManifest | null {
  return letterOf(state)?.epoch.version.manifest ?? null;
}

/** Whether these tokens are enough to sign the letter. */
export function areEnough(state: State, tokens: EnrolmentTokens | null): tokens is EnrolmentTokens {
  const rules = rulesFor(state);
  if (tokens === null || rules === null) return false;
  return new Set(tokens.tokens.map((token) => token.registrar)).size >= rules.quorum;
}
