/** Giving invitations: who has proved a mailbox can, as many as the workforce allows. */
import { go, ignore, type Step } from "./moves.ts";
import { rulesFor } from "./rules.ts";
import type { State } from "./state.ts";

export function canInvite(state: State): boolean {
  const { tokens } = state.enrolling;
  return (
    state.phrase !== null &&
    (rulesFor(state)?.vouching ?? null) !== null &&
    (tokens?.invitations.length ?? 0) > 0
  );
}

export function invite(state: State): Step {
  const { log, link, phrase, busy } = state;
  const { tokens } = state.enrolling;
  if (!canInvite(state) || busy !== null) return ignore(state);
  if (log === null || link === null || phrase === null || tokens === null) return ignore(state);
  const typed = { ...state.typed, unfolded: "" };
  return [
    go(state, "invite", { typed, invitations: null }),
    [{ type: "list-invitations", log, link, phrase, tokens }],
  ];
}

/** The link of the invitation that is unfolded. */
export function unfoldedLink({ typed, invitations }: State): string | null {
  return typed.unfolded === "" ? null : (invitations?.[Number(typed.unfolded)] ?? null);
}

export function copyInvitation(state: State): Step {
  const text = unfoldedLink(state);
  if (text === null || state.busy !== null) return ignore(state);
  return [{ ...state, busy: "copying", problem: null, note: null }, [{ type: "copy", text }]];
}
