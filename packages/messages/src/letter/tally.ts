/** The number, in sentences that can be quoted. */
import type { ClosingLeaf, Day, PerClass, WorkforceManifest } from "@undersigned/core";
import type { Say } from "../say.ts";
import { foreign, type Words } from "../words.ts";
import { between, domainWords } from "./parts.ts";

export interface Tally {
  readonly counted: PerClass;
  readonly withdrawn: PerClass;
  /** First and last batch with endorsements; null as long as nothing is released. */
  readonly days: { readonly first: Day; readonly last: Day } | null;
  /** The first day on which a signatory's mailbox can have been held: the epoch's, or that of the oldest mail that is accepted. */
  readonly provedFrom: Day;
  /** How many must have signed before a number appears. */
  readonly first: number;
  readonly domains: readonly string[];
  readonly employer: string;
  readonly headcount: WorkforceManifest["headcount"];
  readonly closing: Pick<ClosingLeaf, "day" | "outcome" | "counts"> | null;
  /** Null where nobody has moved the last day. */
  readonly early: EarlyClosing | null;
}

/** Whether there is a number to show. */
export function hasNumber(tally: Tally): boolean {
  return tally.days !== null && tally.closing?.outcome !== "too-few";
}

/** `signatories`, below the number. */
export function unit(say: Say, tally: Tally): string {
  return say("words.unit", { count: tally.counted.mailbox });
}

/** The sentence that stands for the number: how many, how proved, between which days. */
export function numberWords(say: Say, tally: Tally): Words {
  const { days, counted, domains, provedFrom, first } = tally;
  if (tally.closing?.outcome === "too-few") return [say("words.too-few", { first })];
  if (days === null) return [say("words.no-number-yet", { first })];
  const from = provedFrom < days.last ? provedFrom : days.last;
  return say.rich("words.number", {
    count: counted.mailbox,
    domains: domainWords(say, domains),
    when: between(say, from, days.last),
  });
}

/** What the number is out of, or that nobody said. */
export function headcountWords(
  say: Say,
  { employer, headcount }: Pick<Tally, "employer" | "headcount">,
): Words {
  if (headcount === null) return say.rich("words.no-headcount", { employer: foreign(employer) });
  return say.rich("words.headcount", {
    employer: foreign(employer),
    count: headcount.number,
    source: foreign(headcount.source),
    day: say.day(headcount.day),
  });
}

/** Withdrawn, vouched and closing count, as far as there are any. One entry a sentence. */
export function furtherWords(say: Say, { counted, withdrawn, closing }: Tally): Words[] {
  const sentences: Words[] = [];
  if (withdrawn.mailbox > 0) sentences.push([say("words.withdrawn", { count: withdrawn.mailbox })]);
  if (counted.vouched > 0) sentences.push([say("words.vouched", { count: counted.vouched })]);
  if (closing !== null && closing.outcome === "closed" && closing.counts.mailbox !== counted.mailbox) {
    sentences.push(
      say.rich("words.when-closed", { day: say.day(closing.day), count: closing.counts.mailbox }),
    );
  }
  return sentences;
}

/** That organisers have agreed to an earlier last day. */
export interface EarlyClosing {
  /** On which this was logged. */
  readonly day: Day;
  readonly organisers: number;
  /** Whether the letter's text, which names them, could be read. */
  readonly named: boolean;
  readonly instead: Day;
  readonly closes: Day;
}

export function earlyWords(say: Say, { day, organisers, named, instead, closes }: EarlyClosing): Words {
  return say.rich("words.early", {
    day: say.day(day),
    count: organisers,
    named: named ? "yes" : "no",
    instead: say.day(instead),
    closes: say.day(closes),
  });
}
