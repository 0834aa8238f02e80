/**
 * Roles and places that few people share point at them. Where fewer than `least` do, only a coarser value goes into the manifest,
 * or nothing. A role and a place together are shared by fewer than either: nobody here knows by how many.
 */
export interface SharedValue {
  readonly name: string;
  /** Null where it is not known. */
  readonly people: number | null;
  /** Empty for none. */
  readonly coarser: string;
}

export interface Fate {
  readonly name: string;
  /** What people with it can choose; null for nothing. */
  readonly becomes: string | null;
}

export interface Coarsened {
  /** Sorted, each once. */
  readonly values: readonly string[];
  /** In the order of what was given. */
  readonly fates: readonly Fate[];
}

/** `known`: values that are shown already, which take no number. */
export function coarsen(
  entries: readonly SharedValue[],
  least: number,
  known: ReadonlySet<string> = new Set(),
): Coarsened {
  const isShared = ({ name, people }: SharedValue) => (people === null ? known.has(name) : people >= least);
  const people = new Map<string, number>();
  for (const entry of entries) {
    const under = isShared(entry) ? entry.name : entry.coarser;
    people.set(under, (people.get(under) ?? 0) + (entry.people ?? 0));
  }
  const own = new Set(entries.filter(isShared).map(({ name }) => name));
  const fates = entries.map((entry) => {
    const { name, coarser } = entry;
    if (own.has(name) && isShared(entry)) return { name, becomes: name };
    const isEnough =
      coarser !== "" && (own.has(coarser) || known.has(coarser) || people.get(coarser)! >= least);
    return { name, becomes: isEnough ? coarser : null };
  });
  const values = fates.flatMap(({ becomes }) => (becomes === null ? [] : [becomes]));
  return { values: [...new Set(values)].sort(), fates };
}
