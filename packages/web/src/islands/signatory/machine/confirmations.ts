/** How many registrars have confirmed the mailbox, how many still can, and how many it takes. */
import { rulesFor } from "./rules.ts";
import type { State } from "./state.ts";

type Enrolling = State["enrolling"];

/** After these a registrar gives nothing more in this run. */
const OVER: ReadonlySet<string> = new Set(["failed", "skipped", "later"]);

function known({ tokens }: Enrolling): Set<string> {
  return new Set(tokens?.tokens.map((token) => token.registrar));
}

/** Registrars whose confirmations are here, those of earlier runs included. */
export function confirmed({ enrolling }: State): number {
  const there = known(enrolling);
  for (const [registrar, step] of Object.entries(enrolling.progress)) {
    if (step === "enrolled") there.add(registrar);
  }
  return there.size;
}

export function needed(state: State): number {
  return rulesFor(state)?.quorum ?? Number.POSITIVE_INFINITY;
}

/** How many registrars have confirmed or still may, beside one. */
export function withinReach({ enrolling }: State, beside: string | null): number {
  const there = known(enrolling);
  for (const [registrar, step] of Object.entries(enrolling.progress)) {
    if (registrar !== beside && !OVER.has(step)) there.add(registrar);
  }
  return there.size;
}

/** Whether it can be done without this registrar. */
export function canDoWithout(state: State, registrar: string | null): boolean {
  return withinReach(state, registrar) >= needed(state);
}

/** Whether what is here is enough, so that each further confirmation is one more than is needed. */
export function hasEnough(state: State): boolean {
  return confirmed(state) >= needed(state);
}
