/** Geometry of the bar plot: batches by their day, on an axis that is linear in days. Numbers stand in the table beside it. */
import { type Day, daysBetween } from "@undersigned/core";

export interface DayCount {
  readonly day: Day;
  readonly mailbox: number;
  readonly vouched: number;
}

export interface Bar {
  readonly day: Day;
  readonly x: number;
  readonly width: number;
  /** Heights of the two kinds, the one upon the other. */
  readonly mailbox: number;
  readonly vouched: number;
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** The largest number that a bar can show, a round one. */
  readonly top: number;
}

const WIDEST = 24;
const GAP = 0.2;

/** Within a box of `width` by `height`; days without a batch have no bar. `days`: oldest first, each once. */
export function barsOf(days: readonly DayCount[], width: number, height: number): Bars {
  const most = Math.max(1, ...days.map(({ mailbox, vouched }) => mailbox + vouched));
  const top = roundUp(most);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return { bars: [], top };
  const step = width / (daysBetween(first.day, last.day) + 1);
  const barWidth = Math.max(1, Math.min(WIDEST, step * (1 - GAP)));
  const scale = height / top;
  const bars = days.map(({ day, mailbox, vouched }) => ({
    day,
    x: daysBetween(first.day, day) * step + (step - barWidth) / 2,
    width: barWidth,
    mailbox: mailbox * scale,
    vouched: vouched * scale,
  }));
  return { bars, top };
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value) ?? value;
}
