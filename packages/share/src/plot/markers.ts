/** Where the numbers of events stand above the plot. Those that would cover each other are one marker: `3–7`. */
import { type Day, daysBetween } from "@undersigned/core";
import type { NumberedEvent } from "./signatures.ts";

export interface Marker {
  /** Days since the plot's first: the middle of its events. */
  readonly at: number;
  readonly text: string;
  /** CSS pixels. */
  readonly width: number;
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

export const MARKER_HEIGHT = 22;
const GAP = 3;

/** `pixels` a day at the narrowest; where there is more room, markers are farther apart. */
export function markersOf(events: readonly NumberedEvent[], first: Day, pixels: number): Marker[] {
  let groups: Group[] = events.map(({ number, day }) => {
    const at = daysBetween(first, day);
    return { from: at, to: at, first: number, last: number };
  });
  for (let before = -1; before !== groups.length; ) {
    before = groups.length;
    groups = merged(groups, pixels);
  }
  return groups.map((group) => ({ at: middle(group), text: textOf(group), width: widthOf(group) }));
}

function merged(groups: readonly Group[], pixels: number): Group[] {
  const kept: Group[] = [];
  for (const group of groups) {
    const before = kept.at(-1);
    const apart = before === undefined ? 0 : (widthOf(before) + widthOf(group)) / 2 + GAP;
    if (before !== undefined && (middle(group) - middle(before)) * pixels < apart)
      kept[kept.length - 1] = { ...before, to: group.to, last: group.last };
    else kept.push(group);
  }
  return kept;
}

function middle({ from, to }: Group): number {
  return (from + to) / 2;
}

function textOf({ first, last }: Group): string {
  return first === last ? String(first) : `${first}\u2013${last}`;
}

function widthOf(group: Group): number {
  return Math.max(MARKER_HEIGHT, 10 + 7 * textOf(group).length);
}
