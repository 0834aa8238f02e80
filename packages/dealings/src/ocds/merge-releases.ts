/**
 * Releases of one contracting process merged into its compiled release by the standard's rules (OCDS 1.1, "Merging"): in the order
 * of their dates, a later value replaces an earlier one, null removes, lists of objects are merged by `id`, an object without an
 * id is another one each time, and other lists are replaced whole. None of the fields that are read here has a rule of its own
 * (`omitWhenMerged`, `wholeListMerge`) but `date`, which the merged release has from the last.
 */
import type { KnownObject } from "./known-release.ts";

/** `releases` in any order; those of the same date in the order given. */
export function mergeReleases(releases: readonly KnownObject[]): KnownObject {
  const merger = new Merger();
  const merged: Record<string, Known> = {};
  for (const release of releases.toSorted((a, b) => compareDates(dateOf(a), dateOf(b))))
    merger.into(merged, release);
  return merged;
}

export function dateOf(release: KnownObject): string {
  return typeof release.date === "string" ? release.date : "";
}

/** Moments as RFC 3339 writes them, with any offset; what is none comes first. */
export function compareDates(a: string, b: string): number {
  const [x, y] = [Date.parse(a), Date.parse(b)];
  if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return a < b ? -1 : a > b ? 1 : 0;
  if (Number.isNaN(x)) return -1;
  return Number.isNaN(y) ? 1 : x - y;
}

type Known = KnownObject[string];

/** Changes only what it has made itself. */
class Merger {
  /** Where in each merged list the object with an id is: thousands of releases may each add to one list. */
  readonly #places = new WeakMap<readonly Known[], Map<string, number>>();

  into(merged: Record<string, Known>, after: KnownObject): void {
    for (const [name, value] of Object.entries(after)) {
      if (value === null) delete merged[name];
      else merged[name] = this.#value(merged[name], value);
    }
  }

  #value(before: Known | undefined, after: Known): Known {
    if (isList(after)) return after.every(isKnownObject) ? this.#byId(before, after) : after;
    if (!isKnownObject(after)) return after;
    const merged = isKnownObject(before) ? before : {};
    this.into(merged, after);
    return merged;
  }

  #byId(before: Known | undefined, after: readonly KnownObject[]): Known {
    const merged =
      before !== undefined && isList(before) && this.#places.has(before) ? (before as Known[]) : [];
    const places = this.#places.get(merged) ?? new Map<string, number>();
    this.#places.set(merged, places);
    for (const item of after) {
      const place = typeof item.id === "string" ? places.get(item.id) : undefined;
      if (place !== undefined) {
        this.into(merged[place] as KnownObject, item);
        continue;
      }
      // As if merged with nothing, so that its own nulls go.
      const added: KnownObject = {};
      this.into(added, item);
      merged.push(added);
      if (typeof item.id === "string") places.set(item.id, merged.length - 1);
    }
    return merged;
  }
}

function isList(value: Known): value is readonly Known[] {
  return Array.isArray(value);
}

export function isKnownObject(value: Known | undefined): value is KnownObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
