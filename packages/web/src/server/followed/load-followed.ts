/** What the timeline and the plot of a letter are made of. */
import type { Day } from "@undersigned/core";
import type { Signatures } from "@undersigned/share";
import type { FileSource } from "@undersigned/verify";
import { type Afterwards, loadAfterwards } from "../load-afterwards.ts";
import type { OpenedWorkforce } from "../load-view.ts";
import { type Chronicled, loadChronicle } from "./chronicle.ts";
import type { DayNumber, HistoriesOf } from "./histories.ts";
import { type TimelineEvent, timelineOf } from "./timeline.ts";

export interface FollowedLetterData {
  readonly workforce: string;
  readonly letter: string;
  readonly title: string | null;
  /** Of the title. */
  readonly language: string;
  readonly chronicle: readonly Chronicled[];
  /** The first comes first. */
  readonly timeline: readonly TimelineEvent[];
  readonly signatures: Signatures;
}

/** Null for a letter that is not there. Without a number, nothing tells of signatures. */
export async function loadFollowed(
  { source, view, index }: OpenedWorkforce,
  letter: string,
  of: {
    readonly histories: HistoriesOf;
    readonly today: Day;
    /** Where the caller has read it. */
    readonly afterwards?: Afterwards;
  },
): Promise<FollowedLetterData | null> {
  const found = view.letters.get(letter);
  if (found === undefined) return null;
  const { manifest, leaf, closes, closing } = found;
  const counts = await countsOf(source, view.workforce, index.size, letter, of.histories);
  const chronicle = await loadChronicle(source, found);
  const afterwards = of.afterwards ?? (await loadAfterwards(source, found));
  const timeline = timelineOf({ view, letter: found, afterwards, chronicle, counts, today: of.today });
  const last = counts.at(-1)?.day ?? leaf.opens;
  return {
    workforce: view.workforce,
    letter,
    title: manifest?.title ?? null,
    language: manifest?.language ?? "en",
    chronicle,
    timeline,
    signatures: {
      from: leaf.opens,
      until:
        last > of.today
          ? last
          : of.today < leaf.opens
            ? leaf.opens
            : untilOf(last, closing?.leaf.day, of.today),
      closes,
      counts,
      // What comes after the plot's last day has its number in the timeline alone.
      events: timeline.map(({ day }, i) => ({ number: i + 1, day })).filter(({ day }) => day >= leaf.opens),
    },
  };
}

/** The line ends with the number that is fixed; while a letter is open, today. */
function untilOf(last: Day, closed: Day | undefined, today: Day): Day {
  if (closed === undefined) return today;
  return last > closed ? last : closed;
}

async function countsOf(
  source: FileSource,
  workforce: string,
  size: number,
  letter: string,
  histories: HistoriesOf,
): Promise<readonly DayNumber[]> {
  return (await histories(source, workforce, size)).get(letter) ?? [];
}
