/** Rows of the register found and put in order, as a page without script does it by GET parameters. Amounts are compared exactly. */
import type { Dealing, DealingStatus } from "@undersigned/core";
import { foldName } from "../text/clean-line.ts";
import { compareAmounts } from "../text/decimal.ts";

export interface DealingRow {
  readonly id: string;
  readonly entry: Dealing;
}

/** Each narrows; what is not given, null or "" does not. */
export interface DealingFilter {
  /** Words that all must stand somewhere in what is supplied, by or to whom, in notes of sources or in the id. */
  readonly text?: string | null;
  readonly status?: DealingStatus | null;
  /** The agency's name as `agenciesOf` gives it. */
  readonly agency?: string | null;
  /** A year in which the dealing lasts; where it has no period, the one in which it was agreed. */
  readonly year?: number | null;
}

export const SORT_KEYS = [
  "what",
  "supplier",
  "recipient",
  "agreed",
  "from",
  "until",
  "value",
  "status",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export function dealingRows(rows: ReadonlyMap<string, Dealing>): DealingRow[] {
  return [...rows].map(([id, entry]) => ({ id, entry }));
}

export function filterDealings(rows: readonly DealingRow[], filter: DealingFilter): DealingRow[] {
  const words = foldName(filter.text ?? "")
    .split(" ")
    .filter((word) => word !== "");
  return rows.filter(({ id, entry }) => {
    if (filter.status && entry.status !== filter.status) return false;
    if (filter.agency && entry.recipient !== filter.agency) return false;
    if (typeof filter.year === "number" && !lastsIn(entry, filter.year)) return false;
    if (words.length === 0) return true;
    const sources = entry.sources.flatMap(({ title, publisher, quote }) => [title, publisher, quote]);
    const all = foldName(
      [id, entry.what, entry.supplier, entry.recipient, entry.office ?? "", ...sources].join(" "),
    );
    return words.every((word) => all.includes(word));
  });
}

/** In order, rows that do not say it last both up and down, ties by id. Values stand together by currency. */
export function sortDealings(rows: readonly DealingRow[], by: SortKey, down = false): DealingRow[] {
  const turn = down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a.entry[by], b.entry[by]];
    if (x !== null && y !== null) {
      const order = compare(by, a.entry, b.entry);
      if (order !== 0) return order * turn;
    } else if (x !== y) return x === null ? 1 : -1;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  });
}

/** Names of agencies and years in which something lasts, for the choices of a page. */
export function agenciesOf(rows: readonly DealingRow[]): string[] {
  return [...new Set(rows.map(({ entry }) => entry.recipient))].sort(byName);
}

export function yearsOf(rows: readonly DealingRow[]): number[] {
  const years = new Set<number>();
  for (const { entry } of rows) {
    const [first, last] = yearsOfEntry(entry);
    // A period may be mistyped; nobody picks from thousands of years.
    if (first !== null && last !== null)
      for (let year = first; year <= Math.min(last, first + 100); year++) years.add(year);
  }
  return [...years].sort((a, b) => a - b);
}

const STATUSES: readonly DealingStatus[] = ["reported", "confirmed", "denied", "ended"];

function compare(by: SortKey, a: Dealing, b: Dealing): number {
  if (by === "value") {
    const [x, y] = [a.value!, b.value!];
    if (x.currency !== y.currency) return x.currency < y.currency ? -1 : 1;
    return compareAmounts(x.amount, y.amount);
  }
  if (by === "status") return STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status);
  return byName(a[by]!, b[by]!);
}

/** The same on every machine, which a locale's order is not. */
function byName(a: string, b: string): number {
  const [x, y] = [foldName(a), foldName(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function yearsOfEntry({ agreed, from, until }: Dealing): [number, number] | [null, null] {
  const first = from ?? until ?? agreed;
  const last = until ?? from ?? agreed;
  return first === null || last === null
    ? [null, null]
    : [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
}

function lastsIn(entry: Dealing, year: number): boolean {
  const [first, last] = yearsOfEntry(entry);
  return first !== null && last !== null && first <= year && year <= last;
}
