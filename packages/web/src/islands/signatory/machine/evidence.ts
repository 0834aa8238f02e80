/** How this person can prove that they work there: what the letter's rules accept, and what is at hand. */
import { CLASS_OF_EVIDENCE, type EndorsementClass, type EvidenceKind } from "@undersigned/core";
import type { EvidenceOf } from "./effect.ts";
import { go, type Step } from "./moves.ts";
import { rulesFor } from "./rules.ts";
import type { ScreenName } from "./screens.ts";
import type { State } from "./state.ts";
import { tidyName } from "./tidy-name.ts";

/** What shows least to others comes first. */
const RANKED = ["vouch", "existing-mail", "mailbox-code"] as const satisfies readonly EvidenceKind[];

/** Where each is given. */
const PROOF = {
  vouch: "invitation",
  "existing-mail": "mail",
  "mailbox-code": "mailbox",
} as const satisfies Record<EvidenceKind, ScreenName>;

/** The ways that are open, the best one first. Who has been confirmed already goes on in the same class. */
export function kindsFor(state: State): readonly EvidenceKind[] {
  const rules = rulesFor(state);
  if (rules === null) return [];
  const begun = state.enrolling.tokens?.tokens.length ? state.enrolling.tokens.class : null;
  return RANKED.filter(
    (kind) =>
      rules.evidence.some((one) => one.kind === kind) &&
      (kind !== "vouch" || (state.invitation !== null && state.invitation.is !== "refused")) &&
      (begun === null || CLASS_OF_EVIDENCE[kind] === begun),
  );
}

/** The chosen way; the best one where none is chosen, or the chosen one is not open any more. */
export function kindOf(state: State): EvidenceKind {
  const kinds = kindsFor(state);
  const { evidence } = state.typed;
  if (evidence !== "" && kinds.includes(evidence)) return evidence;
  return kinds[0] ?? "mailbox-code";
}

/** The class in which this person is counted, or would be by the chosen way. */
export function classFor(state: State): EndorsementClass {
  return state.enrolling.tokens?.class ?? CLASS_OF_EVIDENCE[kindOf(state)];
}

/** Where the chosen evidence is given. */
export function proofScreen(state: State): ScreenName {
  return PROOF[kindOf(state)];
}

/** To where the evidence is given; first to the choice, where there is one and it was not made. */
export function goToProof(state: State, changes: Partial<State> = {}): State {
  const next = { ...state, ...changes };
  const undecided = kindsFor(next).length > 1 && next.typed.evidence === "";
  return go(state, undecided ? "evidence" : proofScreen(next), changes);
}

/** From the choice: to the phrase, or to the evidence where the phrase is there. */
export function decide(state: State): Step {
  const next = { ...state, typed: { ...state.typed, evidence: kindOf(state) } };
  const hasPhrase = state.phrase !== null && state.keeps !== null;
  return [go(next, hasPhrase ? proofScreen(next) : "phrase"), []];
}

/** What is handed to registrars, as far as it is there. */
export function evidenceOf(state: State): EvidenceOf | null {
  const kind = kindOf(state);
  if (kind === "existing-mail") return state.mail === null ? null : { kind, mail: state.mail };
  if (kind === "vouch") {
    return state.invitation?.is === "read" ? { kind, invitation: state.invitation.invitation } : null;
  }
  const mailbox = state.typed.mailbox.trim();
  return mailbox === "" ? null : { kind, mailbox };
}

/** Whether a name is asked for: of everyone who proves a mailbox, where the workforce has a rule of names. */
export function asksName(state: State): boolean {
  return (rulesFor(state)?.names ?? null) !== null && classFor(state) === "mailbox";
}

/** The name that registrars are asked to confirm: what was typed, or else what the mailbox says. */
export function askedName(state: State): string | null {
  if (!asksName(state)) return null;
  return tidyName(state.typed.ownName) || state.suggestedName;
}
