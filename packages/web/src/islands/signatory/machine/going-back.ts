/** Back: to the screen before, with all that was typed there. It never begins anything, and never undoes what was sent. */
import type { Effect } from "./effect.ts";
import type { Step } from "./moves.ts";
import { NOT_ENROLLING, type State } from "./state.ts";

/** Whether Back leads somewhere. */
export function canGoBack(state: State): boolean {
  const { screen, trail, busy, enrolling } = state;
  if (trail.length === 0) return false;
  if (screen === "reserving" || screen === "code") return !enrolling.handedOver;
  return busy === null;
}

export function goBack(state: State): Step {
  if (!canGoBack(state)) return [state, []];
  const screen = state.trail[state.trail.length - 1] as State["screen"];
  const { running, tokens, wrong } = state.enrolling;
  const effects: Effect[] = running ? [{ type: "stop-enrolling" }] : [];
  return [
    {
      ...state,
      screen,
      trail: state.trail.slice(0, -1),
      enrolling: running ? { ...NOT_ENROLLING, tokens, wrong } : state.enrolling,
      busy: running ? null : state.busy,
      problem: null,
      note: null,
    },
    effects,
  ];
}
