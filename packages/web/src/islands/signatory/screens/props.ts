/** What every screen gets: the state, and where to say what the person did. */
import type { Act, Event } from "../machine/event.ts";
import type { State, Typed } from "../machine/state.ts";
import { problemWords } from "../words/problems.ts";

export interface ScreenProps {
  readonly state: State;
  readonly send: (event: Event) => void;
  /** This device's UTC day. */
  readonly today: string;
  /** The browser's own Back, where there is one. */
  readonly back: () => void;
}

export function acts(send: ScreenProps["send"], act: Act): () => void {
  return () => send({ type: "act", act });
}

export function types<Field extends keyof Typed>(
  send: ScreenProps["send"],
  field: Field,
): (value: Typed[Field]) => void {
  return (value) => send({ type: "typed", field, value } as Event);
}

/** The sentence for what is wrong with a field, or null. */
export function errorAt({ problem }: State, field: keyof Typed): string | null {
  return problem?.field === field ? problemWords(problem) : null;
}
