/** The number, in sentences that can be quoted. */
import type { Day } from "../day.ts";
import type { PerClass } from "../formats/common.ts";
import type { ClosingLeaf } from "../formats/leaves.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { between, dayWord } from "./days.ts";
import { counted, number } from "./numbers.ts";
import { enumerate, foreign, type Words } from "./words.ts";

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
export function unit(tally: Tally): string {
  return tally.counted.mailbox === 1 ? "signatory" : "signatories";
}

/** The sentence that stands for the number: how many, how proved, between which days. */
export function numberWords(tally: Tally): Words {
  const { days, counted: count, domains, provedFrom, first } = tally;
  if (tally.closing?.outcome === "too-few") {
    return [
      `There is no number: fewer than ${number(first)} had signed when the letter was closed, and all signatures were destroyed unseen.`,
    ];
  }
  if (days === null) {
    const verb = first === 1 ? "has" : "have";
    return [`A number appears when ${number(first)} ${verb} signed.`];
  }
  const who = counted(count.mailbox, "signatory", "signatories");
  const where = enumerate(domains.map((domain) => [domain]));
  const from = provedFrom < days.last ? provedFrom : days.last;
  return [`${who} proved a work mailbox at `, ...where, " ", ...between(from, days.last), "."];
}

/** What the number is out of, or that nobody said. */
export function headcountWords({ employer, headcount }: Tally): Words {
  if (headcount === null) return ["How many people work at ", foreign(employer), " is not stated here."];
  return [
    foreign(employer),
    ` has about ${counted(headcount.number, "employee", "employees")} (source: `,
    foreign(headcount.source),
    ", ",
    dayWord(headcount.day),
    ").",
  ];
}

/** Withdrawn, vouched and closing count, as far as there are any. One entry a sentence. */
export function furtherWords({ counted: count, withdrawn, closing }: Tally): Words[] {
  const sentences: Words[] = [];
  if (withdrawn.mailbox > 0) {
    const verb = withdrawn.mailbox === 1 ? "has" : "have";
    sentences.push([
      `${number(withdrawn.mailbox)} more ${verb} withdrawn and ${isAre(withdrawn.mailbox)} not counted.`,
    ]);
  }
  if (count.vouched > 0) {
    const [was, no] = count.vouched === 1 ? ["was", "has"] : ["were", "have"];
    sentences.push([
      `Apart from that number, ${number(count.vouched)} ${was} vouched for by colleagues and ${no} proved no mailbox.`,
    ]);
  }
  if (closing !== null && closing.outcome === "closed" && closing.counts.mailbox !== count.mailbox) {
    const at = number(closing.counts.mailbox);
    sentences.push(["When it was closed on ", dayWord(closing.day), ` the number was ${at}.`]);
  }
  return sentences;
}

function isAre(value: number): string {
  return value === 1 ? "is" : "are";
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

export function earlyWords({ day, organisers, named, instead, closes }: EarlyClosing): Words {
  const who = `${counted(organisers, "organiser", "organisers")}${named ? "" : ", by the board's word,"}`;
  return [
    "On ",
    dayWord(day),
    `, ${who} moved the last day for signing from `,
    dayWord(instead),
    " to ",
    dayWord(closes),
    ".",
  ];
}
