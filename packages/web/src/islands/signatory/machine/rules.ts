/** What the log says about the letter at hand, for those who ask in the middle of a step. */
import type { EnrolmentTokens, WorkforceManifest } from "@undersigned/core";
import { letterOf, type State } from "./state.ts";

/** The registrars whose keys for this letter are in the log, in the manifest's order, where they are now. */
export type Registrars = WorkforceManifest["registrars"];

/** The rules of the letter's epoch, whatever came later and whatever a clock says. Null before the log is open. */
export function rulesFor(state: State): WorkforceManifest | null {
  return letterOf(state)?.epoch.version.manifest ?? null;
}

export function registrarsFor(state: State): Registrars {
  const letter = letterOf(state);
  if (state.log === null || letter === null) return [];
  const { view } = state.log;
  const { epoch, slot } = letter.leaf;
  const keys = new Set(view.tokenKeys(epoch, slot, "mailbox").map((key) => key.registrar));
  return letter.epoch.version.manifest.registrars
    .filter(({ identity }) => keys.has(identity))
    .map((then) => view.manifest.registrars.find(({ identity }) => identity === then.identity) ?? then);
}

/** Whether these tokens are enough to sign the letter. */
export function areEnough(state: State, tokens: EnrolmentTokens | null): tokens is EnrolmentTokens {
  const rules = rulesFor(state);
  if (tokens === null || rules === null) return false;
  return new Set(tokens.tokens.map((token) => token.registrar)).size >= rules.quorum;
}
