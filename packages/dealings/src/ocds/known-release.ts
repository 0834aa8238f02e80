/**
 * The part of an OCDS release (1.1; 1.0 is read alike) that a row needs, taken by name. Nothing else is kept: not
 * `contactPoint`, `persons`, `address`, nor anything that is not named here. `null` stays, since in a later release it removes.
 */
import { cleanLine } from "../text/clean-line.ts";
import type { Json } from "./json-elements.ts";

/** Made by us from what was read, with plain prototypes and the names below alone. */
export type Known = string | null | readonly Known[] | KnownObject;
export type KnownObject = { [name: string]: Known };

type Rule =
  /** A text or number of at most so many characters, cleaned. */
  | { readonly text: number }
  /** A list of objects. */
  | { readonly each: Rules }
  /** An object. */
  | { readonly of: Rules }
  /** Those of a list of words that are known. */
  | { readonly words: readonly string[] };
type Rules = Readonly<Record<string, Rule>>;

const ID: Rule = { text: 500 };
const NAME: Rule = { text: 300 };
const WHAT: Rule = { text: 2000 };
const DATE: Rule = { text: 40 };
const organization: Rules = { id: ID, name: NAME };
const value: Rule = { of: { amount: { text: 120 }, currency: { text: 10 } } };
const period: Rule = { of: { startDate: DATE, endDate: DATE } };

/** Roles of a party that say something where `buyer` or `suppliers` do not. */
const ROLES = ["buyer", "procuringEntity", "supplier"];

const RELEASE: Rules = {
  ocid: ID,
  date: DATE,
  buyer: { of: organization },
  tender: { of: { title: WHAT, procuringEntity: { of: organization } } },
  parties: { each: { ...organization, roles: { words: ROLES } } },
  awards: {
    each: {
      id: ID,
      title: WHAT,
      description: WHAT,
      status: { text: 40 },
      date: DATE,
      value,
      suppliers: { each: organization },
      contractPeriod: period,
    },
  },
  contracts: {
    each: {
      id: ID,
      awardID: ID,
      title: WHAT,
      description: WHAT,
      status: { text: 40 },
      dateSigned: DATE,
      value,
      period,
    },
  },
};

/** Null if this is no object. */
export function knownRelease(release: Json): KnownObject | null {
  return isObject(release) ? (take(release, { of: RELEASE }) as KnownObject) : null;
}

export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for what is not of the rule's kind: it counts as not said. */
function take(value: Json, rule: Rule): Known | undefined {
  if (value === null) return null;
  if ("text" in rule) return typeof value === "string" ? cleanLine(value, rule.text) : undefined;
  if ("words" in rule)
    return Array.isArray(value) ? rule.words.filter((word) => value.includes(word)) : undefined;
  if ("each" in rule) {
    if (!Array.isArray(value)) return undefined;
    return value.filter(isObject).map((item) => take(item, { of: rule.each })!);
  }
  if (!isObject(value)) return undefined;
  const known: Record<string, Known> = {};
  for (const [name, inner] of Object.entries(rule.of)) {
    if (!Object.hasOwn(value, name)) continue;
    const taken = take(value[name]!, inner);
    if (taken !== undefined) known[name] = taken;
  }
  return known;
}
