/**
 * The order of names and roles in print. Nobody's order of signing, and the same on every machine: so by code points, and not by a
 * language's rules, which differ between versions of the tables that machines have for them.
 */
import type { ShownName, ShownRole } from "./letter-document.ts";

export function byName(names: readonly ShownName[]): ShownName[] {
  return sortBy(names, ({ name, role, place }) => [plainOf(name), name, role ?? "", place ?? ""]);
}

/** The most frequent first. */
export function byCount(roles: readonly ShownRole[]): ShownRole[] {
  const sorted = sortBy(roles, ({ role, place }) => [plainOf(role), role, place ?? ""]);
  return sorted.sort((a, b) => b.count - a.count);
}

/** Without marks and capitals, so that an accent does not move a name behind all others. */
function plainOf(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function sortBy<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  return keyed.sort((a, b) => compareAll(a.key, b.key)).map(({ item }) => item);
}

function compareAll(a: readonly string[], b: readonly string[]): number {
  for (const [i, text] of a.entries()) {
    const other = b[i] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
