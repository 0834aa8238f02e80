/**
 * What signatories show, from the openings files. People take back what they show at any time, so nothing of it is kept beyond
 * the request; only the totals of a letter are, for ten seconds.
 */
import type { PerClass } from "@undersigned/core";
import {
  type FileSource,
  type IndexFile,
  LIMITS,
  openingsPage,
  openingsPath,
  parsePublicFile,
} from "@undersigned/verify";
import type { ShownTotals } from "./words/appearances.ts";

export interface ShownByName {
  readonly name: string;
  /** Whether registrars have confirmed it: the board has checked that before it kept the opening, and every recount does. */
  readonly confirmed: boolean;
  readonly role: string | null;
  readonly place: string | null;
}

export interface ShownByRole {
  readonly role: string;
  readonly place: string | null;
  readonly count: number;
}

export interface ShownPage {
  /** In the order of the log, which is nobody's order of signing. */
  readonly named: readonly ShownByName[];
  /** Equal ones as one, the most frequent first. */
  readonly byRole: readonly ShownByRole[];
}

export type LetterRow = IndexFile["letters"][number];

/** `page` counts from 0. Where a file is missing or is none, nobody is shown. */
export async function loadShown(source: FileSource, letter: string, page: number): Promise<ShownPage> {
  const named: ShownByName[] = [];
  const roles = new Map<string, { role: string; place: string | null; count: number }>();
  for (const appearance of await appearances(source, letter, page)) {
    if (appearance.kind === "named") {
      const { name, confirmed, role, place } = appearance;
      named.push({ name, confirmed: confirmed !== null, role, place });
    }
    if (appearance.kind !== "role") continue;
    const { role, place } = appearance;
    const key = JSON.stringify([role, place]);
    const group = roles.get(key) ?? { role, place, count: 0 };
    group.count++;
    roles.set(key, group);
  }
  const byRole = [...roles.values()].sort(
    (a, b) => b.count - a.count || compare(a.role, b.role) || compare(a.place ?? "", b.place ?? ""),
  );
  return { named, byRole };
}

async function appearances(source: FileSource, letter: string, page: number) {
  const file = await source.read(openingsPath(letter, page), LIMITS.openings);
  if (file === null) return [];
  try {
    const { entries } = parsePublicFile(file, openingsPage, LIMITS.openings);
    return entries.map(({ opening }) => opening.appearance);
  } catch {
    return [];
  }
}

const KEPT_MS = 10_000;

export interface Totals {
  /** `size` is that of the log, with which what is shown changes but for erasures. */
  of(source: FileSource, row: LetterRow, size: number): Promise<ShownTotals>;
}

export function createTotals(now: () => number = Date.now): Totals {
  const kept = new Map<string, { readonly until: number; readonly shown: ReturnType<typeof countShown> }>();
  return {
    async of(source, row, size) {
      const key = `${row.letter} ${size}`;
      const known = kept.get(key);
      let shown = known !== undefined && known.until > now() ? known.shown : undefined;
      if (shown === undefined) {
        shown = countShown(source, row);
        for (const [other, { until }] of kept) if (until <= now()) kept.delete(other);
        kept.set(key, { until: now() + KEPT_MS, shown });
        shown.catch(() => kept.delete(key));
      }
      return withAnonymous(row.counted, await shown);
    },
  };
}

async function countShown(source: FileSource, row: LetterRow): Promise<{ named: number; role: number }> {
  const sum = { named: 0, role: 0 };
  for (let page = 0; page < row.pages; page++) {
    for (const { kind } of await appearances(source, row.letter, page)) if (kind !== "anonymous") sum[kind]++;
  }
  return sum;
}

function withAnonymous(count: PerClass, { named, role }: { named: number; role: number }): ShownTotals {
  return { named, role, anonymous: Math.max(0, count.mailbox + count.vouched - named - role) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
