/**
 * What signatories show, from the openings files. People take back what they show at any time, so nothing of it is kept beyond
 * the request; only the totals of a letter are, for ten seconds.
 */

import {
  type Appearance,
  type HiddenEntry,
  isShown,
  type OpeningsEntry,
  type PerClass,
} from "@undersigned/core";
import type { HiddenTexts, ShownTotals } from "@undersigned/messages";
import {
  type FileSource,
  type IndexFile,
  LIMITS,
  openingsPage,
  openingsPath,
  parsePublicFile,
} from "@undersigned/verify";

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
  /** By day and reason. */
  readonly hidden: readonly HiddenTexts[];
}

/** Somebody who is shown by name or role. */
export interface ShownOne {
  readonly key: string;
  readonly appearance: Exclude<Appearance, { readonly kind: "anonymous" }>;
}

export type LetterRow = IndexFile["letters"][number];

/** `page` counts from 0. Where a file is missing or is none, nobody is shown. */
export async function loadShown(source: FileSource, letter: string, page: number): Promise<ShownPage> {
  const named: ShownByName[] = [];
  const entries = await entriesOf(source, letter, page);
  const roles = new Map<string, { role: string; place: string | null; count: number }>();
  for (const { appearance } of shownIn(entries)) {
    if (appearance.kind === "named") {
      const { name, confirmed, role, place } = appearance;
      named.push({ name, confirmed: confirmed !== null, role, place });
    }
    if (appearance.kind === "named") continue;
    const { role, place } = appearance;
    const key = JSON.stringify([role, place]);
    const group = roles.get(key) ?? { role, place, count: 0 };
    group.count++;
    roles.set(key, group);
  }
  const byRole = [...roles.values()].sort(
    (a, b) => b.count - a.count || compare(a.role, b.role) || compare(a.place ?? "", b.place ?? ""),
  );
  return { named, byRole, hidden: hiddenIn(entries) };
}

/** All pages, in the order of the log. */
export async function loadAllShown(source: FileSource, row: LetterRow): Promise<ShownOne[]> {
  const shown: ShownOne[] = [];
  for (let page = 0; page < row.pages; page++)
    shown.push(...shownIn(await entriesOf(source, row.letter, page)));
  return shown;
}

function shownIn(entries: readonly OpeningsEntry[]): ShownOne[] {
  return entries.flatMap((entry) => {
    if (!isShown(entry)) return [];
    const { key, appearance } = entry.opening;
    return appearance.kind === "anonymous" ? [] : [{ key, appearance }];
  });
}

function hiddenIn(entries: readonly OpeningsEntry[]): HiddenTexts[] {
  const groups = new Map<string, HiddenEntry["hidden"] & { count: number }>();
  for (const entry of entries) {
    if (isShown(entry)) continue;
    const { day, reason } = entry.hidden;
    const key = `${day} ${reason}`;
    groups.set(key, { day, reason, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([, group]) => group);
}

async function entriesOf(
  source: FileSource,
  letter: string,
  page: number,
): Promise<readonly OpeningsEntry[]> {
  const file = await source.read(openingsPath(letter, page), LIMITS.openings);
  if (file === null) return [];
  try {
    return parsePublicFile(file, openingsPage, LIMITS.openings).entries;
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

type Counted = Omit<ShownTotals, "anonymous">;

async function countShown(source: FileSource, row: LetterRow): Promise<Counted> {
  const sum = { named: 0, role: 0, hidden: 0 };
  for (let page = 0; page < row.pages; page++) {
    const entries = await entriesOf(source, row.letter, page);
    for (const { appearance } of shownIn(entries)) sum[appearance.kind]++;
    for (const { count } of hiddenIn(entries)) sum.hidden += count;
  }
  return sum;
}

function withAnonymous(count: PerClass, shown: Counted): ShownTotals {
  const { named, role, hidden } = shown;
  return { ...shown, anonymous: Math.max(0, count.mailbox + count.vouched - named - role - hidden) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
