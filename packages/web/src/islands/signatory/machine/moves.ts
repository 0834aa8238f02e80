/** The small moves of which the machine's steps are made. */
import type { Effect } from "./effect.ts";
import { PASSING, type ScreenName } from "./screens.ts";
import type { Problem, State } from "./state.ts";

export type Step = readonly [State, readonly Effect[]];

export function stay(state: State, changes: Partial<State> = {}): Step {
  return [{ ...state, ...changes }, []];
}

/** Nothing happens. */
export function ignore(state: State): Step {
  return [state, []];
}

/** Leads to the next screen, from which Back leads here. */
export function go(state: State, screen: ScreenName, changes: Partial<State> = {}): State {
  const trail = PASSING.has(state.screen) ? state.trail : [...state.trail, state.screen];
  return { ...state, screen, trail, problem: null, note: null, ...changes };
}

/** Leads to a screen from which there is no way back. */
export function settle(state: State, screen: ScreenName, changes: Partial<State> = {}): State {
  return { ...state, screen, trail: [], problem: null, note: null, busy: null, ...changes };
}

export function refuse(state: State, code: string, field?: Problem["field"]): Step {
  return stay(state, { problem: { code, settled: true, field }, note: null });
}

/** Leads to a screen without a trace for Back: from one on which the person waits, or to it. */
export function pass(state: State, screen: ScreenName, changes: Partial<State> = {}): State {
  return { ...state, screen, problem: null, note: null, ...changes };
}
