/**
 * What a feed says, before it is Atom or JSON. Plain data, worded by whoever calls: texts may hold anything, addresses and ids are the
 * caller's own and absolute. A feed's bytes are a function of this alone.
 */
import { addDays, type Day } from "@undersigned/core";
import type { Direction } from "../text/clean-text.ts";

export interface Feed {
  /** An address that is the feed's for ever, in every format of it (RFC 4287 §4.2.6). */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | null;
  /** BCP 47, of title, subtitle and of the page that it follows. */
  readonly language: string;
  readonly direction: Direction;
  /** Who publishes it: a board, never a person. */
  readonly author: string;
  /** Where this file is. */
  readonly self: string;
  /** The page that shows the same to people. */
  readonly page: string;
  /** The same feed in other languages. */
  readonly translations: readonly Translation[];
  /** The day on which there was something to follow at all: it counts where there are no entries yet. */
  readonly begun: Day;
  /** In the order of the timeline: what came last stands last. */
  readonly entries: readonly FeedEntry[];
}

export interface Translation {
  readonly language: string;
  readonly url: string;
}

export interface FeedEntry {
  /** An address that never changes and that no other entry has. */
  readonly id: string;
  readonly day: Day;
  readonly title: string;
  /** May have lines. */
  readonly summary: string | null;
  readonly language: string;
  readonly direction: Direction;
  /** Where it is told in full. */
  readonly url: string;
}

/** As readers expect them: what came last first. */
export function newestFirst(entries: readonly FeedEntry[]): FeedEntry[] {
  return entries.toReversed().sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}

/** The last day on which it changed. */
export function updatedOn({ begun, entries }: Pick<Feed, "begun" | "entries">): Day {
  return entries.reduce((last, { day }) => (day > last ? day : last), begun);
}

/** Formats want a moment, and we know days: the first moment of the day. Throws `bad-field` of CoreError where it is no day. */
export function momentOf(day: Day): string {
  return `${addDays(day, 0)}T00:00:00Z`;
}
