/** How the person appears, out of what was typed and chosen; and how many others look the same. */
import { type Appearance, checkShownText } from "@undersigned/core";
import type { Looks, Problem, Typed } from "./state.ts";
import { tidyName } from "./tidy-name.ts";

const MAX_NAME = 100;

/** What is offered: the letter's kinds, and the lists of the epoch's rules. */
export interface Offered {
  readonly kinds: readonly Appearance["kind"][];
  readonly roles: readonly string[];
  readonly places: readonly string[];
  /** The name that registrars have confirmed for this person, or null. */
  readonly confirmed: string | null;
  /** Whether another name may be shown. */
  readonly anyName: boolean;
}

export type Read = { readonly appearance: Appearance } | { readonly problem: Problem };

function problem(code: string, field: keyof Typed): Read {
  return { problem: { code, settled: true, field } };
}

export function readAppearance(typed: Typed, offered: Offered): Read {
  const { kind } = typed;
  if (kind === "" || !offered.kinds.includes(kind)) return problem("kind-missing", "kind");
  if (kind === "anonymous") return { appearance: { kind } };
  const role = offered.roles.includes(typed.role) ? typed.role : null;
  const place = offered.places.includes(typed.place) ? typed.place : null;
  if (kind === "role") {
    return role === null ? problem("role-missing", "role") : { appearance: { kind, role, place } };
  }
  const name = offered.anyName ? tidyName(typed.name) : (offered.confirmed ?? "");
  if (name === "") return problem("name-missing", "name");
  const wrong = nameProblem(name);
  if (wrong !== null) return problem(wrong, "name");
  // The confirmation is put in where it is signed.
  return { appearance: { kind, name, confirmed: null, role, place } };
}

/** What is wrong with a name that is not empty, by a code of words/problems.ts. */
export function nameProblem(name: string): "name-too-long" | "name-not-plain" | null {
  if (checkShownText(name, MAX_NAME) === null) return null;
  return [...name].length > MAX_NAME ? "name-too-long" : "name-not-plain";
}

/** The same for two people who cannot be told apart by what is shown. */
export function lookOf(appearance: Appearance): string {
  if (appearance.kind === "anonymous") return "anonymous";
  const name = appearance.kind === "named" ? appearance.name : null;
  return JSON.stringify([name, appearance.role, appearance.place]);
}

/** How many others look the same; `own` is how the person is among them already, null where not. */
export function othersAlike(looks: Looks, appearance: Appearance, own: Appearance | null): number {
  const all =
    appearance.kind === "anonymous"
      ? Math.max(0, looks.counted - looks.shown)
      : (looks.same.get(lookOf(appearance)) ?? 0);
  const self = own !== null && lookOf(own) === lookOf(appearance) ? 1 : 0;
  return Math.max(0, all - self);
}
