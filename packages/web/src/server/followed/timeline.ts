/**
 * Everything that happened to a letter, in order: from the verified log, and from what its organisers tell with their sources.
 * Nothing in it is finer than a day.
 */
import {
  addDays,
  type ClosingLeaf,
  type Day,
  type DeliveryWay,
  type JudgementRecord,
} from "@undersigned/core";
import type { LetterView, WorkforceView } from "@undersigned/verify";
import type { Afterwards, Answer } from "../load-afterwards.ts";
import { versionsOf } from "../load-versions.ts";
import { answerDay } from "../words/afterwards.ts";
import type { Chronicled } from "./chronicle.ts";
import type { DayNumber } from "./histories.ts";

export type Happening =
  | { readonly kind: "opens" }
  | { readonly kind: "replaces" | "replaced"; readonly letter: string; readonly title: string | null }
  | { readonly kind: "early"; readonly organisers: number; readonly closes: Day }
  /** The first number. */
  | { readonly kind: "first"; readonly count: number }
  /** Batches that nothing else stands between, as one: `count` is what they have come to. */
  | { readonly kind: "more"; readonly until: Day; readonly change: number; readonly count: number }
  | { readonly kind: "closed"; readonly outcome: ClosingLeaf["outcome"]; readonly count: number }
  | { readonly kind: "delivered"; readonly how: DeliveryWay }
  | { readonly kind: "answer"; readonly answer: Answer }
  | {
      readonly kind: "judged";
      readonly demand: string;
      readonly title: string;
      readonly record: JudgementRecord;
      readonly by: number;
    }
  /** The day by which a demand was promised has gone by, and it was not judged anew. */
  | { readonly kind: "promise-passed"; readonly demand: string; readonly title: string; readonly until: Day }
  | { readonly kind: "dealings"; readonly changed: number; readonly rows: number }
  | { readonly kind: "told"; readonly entry: Chronicled };

export interface TimelineEvent {
  readonly day: Day;
  /** Names it within the letter, whatever is added later. */
  readonly id: string;
  readonly what: Happening;
}

interface Placed extends TimelineEvent {
  /** Decides between events of a day: the leaf's index, where there is one. */
  readonly order: number;
}

export interface TimelineOf {
  readonly view: Pick<WorkforceView, "letters">;
  readonly letter: LetterView;
  readonly afterwards: Afterwards;
  readonly chronicle: readonly Chronicled[];
  readonly counts: readonly DayNumber[];
  readonly today: Day;
}

/** The first comes first. Empty for a letter whose text is not public and that nobody has signed: only its opening day is known. */
export function timelineOf(of: TimelineOf): TimelineEvent[] {
  const events = [...fromLog(of), ...fromFurther(of), ...of.chronicle.map(told)].sort(byTime);
  return withBatches(events, of.counts).map(({ day, id, what }) => ({ day, id, what }));
}

function byTime(a: Placed, b: Placed): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : a.order - b.order;
}

function fromLog({ view, letter, today }: TimelineOf): Placed[] {
  const events: Placed[] = [];
  const { leaf, index, earlyClosing, closing } = letter;
  if (leaf.opens <= today)
    events.push({ day: leaf.opens, id: "opens", order: index, what: { kind: "opens" } });
  const { older, newer } = versionsOf(view, leaf.letter);
  if (older !== null && leaf.opens <= today)
    events.push({
      day: leaf.opens,
      id: "replaces",
      order: index,
      what: { kind: "replaces", letter: older.letter, title: older.manifest?.title ?? null },
    });
  const later = newer === null ? undefined : view.letters.get(newer.letter);
  if (newer !== null && later !== undefined && later.leaf.opens <= today)
    events.push({
      day: later.leaf.opens,
      id: "replaced",
      order: later.index,
      what: { kind: "replaced", letter: newer.letter, title: newer.manifest?.title ?? null },
    });
  if (earlyClosing !== null) {
    const { day, closes, by } = earlyClosing.leaf;
    events.push({
      day,
      id: "early",
      order: earlyClosing.index,
      what: { kind: "early", organisers: by.length, closes },
    });
  }
  if (closing !== null) {
    const { day, outcome, counts } = closing.leaf;
    events.push({
      day,
      id: "closed",
      order: closing.index,
      what: { kind: "closed", outcome, count: counts.mailbox },
    });
  }
  return events;
}

function fromFurther({ letter, afterwards, today }: TimelineOf): Placed[] {
  const events: Placed[] = [];
  const further = letter.further;
  if (further === null) return events;
  for (const { leaf, index } of further.deliveries)
    events.push({
      day: leaf.delivered,
      id: `leaf-${index}`,
      order: index,
      what: { kind: "delivered", how: leaf.how },
    });
  further.responses.forEach(({ index }, i) => {
    const answer = afterwards.answers[i];
    if (answer === undefined) return;
    events.push({
      day: answerDay(answer),
      id: `leaf-${index}`,
      order: index,
      what: { kind: "answer", answer },
    });
  });
  const titles = new Map(letter.manifest?.demands.map(({ id, title }) => [id, title]));
  const standing = new Map<string, JudgementRecord>();
  for (const { leaf, index, record } of further.judgements) {
    const title = titles.get(record.demand) ?? record.demand;
    standing.set(record.demand, record);
    events.push({
      day: leaf.day,
      id: `leaf-${index}`,
      order: index,
      what: { kind: "judged", demand: record.demand, title, record, by: leaf.by.length },
    });
  }
  for (const [demand, { until }] of standing) {
    if (until === null || until >= today) continue;
    events.push({
      day: addDays(until, 1),
      id: `promise-${demand}-${until}`,
      order: Number.MAX_SAFE_INTEGER,
      what: { kind: "promise-passed", demand, title: titles.get(demand) ?? demand, until },
    });
  }
  for (const { leaf, index, record, rows } of further.dealings)
    events.push({
      day: leaf.day,
      id: `leaf-${index}`,
      order: index,
      what: { kind: "dealings", changed: record.changes.length, rows },
    });
  return events;
}

function told(entry: Chronicled): Placed {
  const { record, day, index } = entry;
  return { day: record?.on ?? day, id: `leaf-${index}`, order: index, what: { kind: "told", entry } };
}

/** Puts the batches in; those between two other events are one. A day's batch comes out before all else happens on it. */
function withBatches(events: readonly Placed[], counts: readonly DayNumber[]): TimelineEvent[] {
  const all: TimelineEvent[] = [];
  let next = 0;
  const batchesUntil = (day: Day | null) => {
    const before = counts[next - 1]?.count ?? 0;
    const run: DayNumber[] = [];
    for (let at = counts[next]; at !== undefined && (day === null || at.day <= day); at = counts[++next]) {
      if (next === 0) all.push({ day: at.day, id: "first", what: { kind: "first", count: at.count } });
      else run.push(at);
    }
    const [from] = run;
    const last = run.at(-1);
    if (from === undefined || last === undefined) return;
    const since = before === 0 ? (counts[0]?.count ?? 0) : before;
    const what = { kind: "more" as const, until: last.day, change: last.count - since, count: last.count };
    all.push({ day: from.day, id: `from-${from.day}`, what });
  };
  for (const event of events) {
    batchesUntil(event.day);
    all.push(event);
  }
  batchesUntil(null);
  return all;
}
