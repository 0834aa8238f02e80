/**
 * Which parts of the page are needed (decision 16): by the workforce's rules alone, whatever a person chooses or holds. So the
 * board cannot see from it who has an invitation, or gives one. All of them are there before anything is begun: none can be
 * missing in the middle of it.
 */
import type { WorkforceManifest } from "@undersigned/core";
import type { PartName } from "../../../shared/parts.ts";
import type { Effect } from "./effect.ts";
import { ignore, type Step } from "./moves.ts";
import { rulesFor } from "./rules.ts";
import type { ScreenName } from "./screens.ts";
import type { State } from "./state.ts";

/** Screens that the page has from the beginning. */
const OWN: ReadonlySet<ScreenName> = new Set(["starting", "stopped", "warning", "learns", "left"]);

function partsFor(rules: WorkforceManifest): PartName[] {
  const parts: PartName[] = ["signing"];
  if (rules.evidence.length > 1) parts.push("evidence");
  if (rules.existingMail !== null) parts.push("existing-mail");
  if (rules.names !== null) parts.push("names");
  if (rules.vouching !== null) parts.push("invite");
  return parts;
}

function neededParts(state: State): readonly PartName[] {
  const rules = rulesFor(state);
  return rules === null ? [] : partsFor(rules);
}

/** Whether the screen waits for parts of the page, or one has not come. */
export function waitsForParts(state: State): boolean {
  return !OWN.has(state.screen) && neededParts(state).some((part) => state.parts[part] !== "ready");
}

/** Whether a part has not come. */
export function lacksPart(state: State): boolean {
  return neededParts(state).some((part) => state.parts[part] === "failed");
}

/** Has all parts loaded that are neither here nor on their way. */
export function loadParts([state, effects]: Step): Step {
  const missing = neededParts(state).filter((part) => {
    return state.parts[part] === undefined || state.parts[part] === "failed";
  });
  if (missing.length === 0) return [state, effects];
  const asked: readonly Effect[] = missing.map((part) => ({ type: "load-part", part }));
  const loading = Object.fromEntries(missing.map((part) => [part, "loading"]));
  return [{ ...state, parts: { ...state.parts, ...loading } }, [...effects, ...asked]];
}

/** Once more, where the screen waits for what has not come. */
export function loadAgain(state: State): Step {
  return lacksPart(state) ? loadParts([state, []]) : ignore(state);
}
