/**
 * Signatures by day, as data: what the plot draws and what its table says. A day's number holds from that day on, until a later batch
 * changes it; it can fall, as people withdraw.
 */
import { type Day, daysBetween } from "@undersigned/core";

export interface DayCount {
  /** Of a batch. */
  readonly day: Day;
  /** All who are counted from then on. */
  readonly count: number;
}

export interface NumberedEvent {
  /** As in the list of events beside the plot, which goes by days: from 1, each one more. */
  readonly number: number;
  readonly day: Day;
}

export interface Signatures {
  /** On which signing began. */
  readonly from: Day;
  /** Up to which the number is known: the line ends there. */
  readonly until: Day;
  /** The last day of signing, as it is fixed now; null where there is none. */
  readonly closes: Day | null;
  /** A day each, ascending. May be empty. */
  readonly counts: readonly DayCount[];
  /** Ascending. */
  readonly events: readonly NumberedEvent[];
}

export interface PlotRow {
  readonly day: Day;
  readonly count: number;
  /** To the row before. */
  readonly change: number;
  /** Numbers of the events since the row before, this day's among them. */
  readonly events: readonly number[];
}

/** The plot's table: a row for each batch. Events behind the last batch have no row; they are in the list that numbers them. */
export function plotRows({ counts, events }: Pick<Signatures, "counts" | "events">): PlotRow[] {
  let before = 0;
  let since = "";
  return counts.map(({ day, count }) => {
    const row = {
      day,
      count,
      change: count - before,
      events: events.filter((event) => event.day > since && event.day <= day).map(({ number }) => number),
    };
    before = count;
    since = day;
    return row;
  });
}

/** How many days are shown from the first on. Each has room of its own, so a letter of one day has a plot, too. */
export function span({ from, until, closes, counts, events }: Signatures): { first: Day; days: number } {
  const all = [
    from,
    until,
    ...[...counts, ...events].map(({ day }) => day),
    ...(closes === null ? [] : [closes]),
  ];
  const first = all.reduce((a, b) => (b < a ? b : a));
  const last = all.reduce((a, b) => (b > a ? b : a));
  return { first, days: daysBetween(first, last) + 1 };
}
