/** How the person appears, out of what was typed and chosen; and how many others look the same. */
import { type Appearance, checkShownText } from "@undersigned/core";
import type { Looks, Problem, Typed } from "./state.ts";

const MAX_NAME = 100;

/** What is offered: the letter's kinds, and the lists of the epoch's rules. */
export interface Offered {
  readonly kinds: readonly Appearance["kind"][];
  readonly roles: readonly string[];
  readonly places: readonly string[];
}

export type Read = { readonly appearance: Appearance } | { readonly problem: Problem };

function problem(code: string, field: keyof Typed): Read {
  return { problem: { code, settled: true, field } };
}

/** The name as it is published: spaces that typing leaves behind are not part of it. */
export function tidyName(name: string): string {
  return name.trim().replace(/ {2,}/g, " ").normalize("NFC");
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
  const name = tidyName(typed.name);
  if (name === "") return problem("name-missing", "name");
  const wrong = checkShownText(name, MAX_NAME);
  if (wrong !== null) {
    return problem([...name].length > MAX_NAME ? "name-too-long" : "name-not-plain", "name");
  }
  return { appearance: { kind, name, role, place } };
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
