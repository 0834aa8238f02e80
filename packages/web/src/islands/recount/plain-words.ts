/**
 * A report in plain words: the verdict, the numbers, what was checked. No number leaves here unless every check holds. Titles,
 * names and headcount sources are whatever a letter's or workforce's authors wrote; the page shows them as text.
 */

import type { Day } from "@undersigned/core";
import { foreign, type Words } from "@undersigned/messages";
import type { IssuanceReport, LetterReport, Report } from "@undersigned/verify";
import { say } from "../say.ts";
import { type GroupName, groupOf } from "./failure-groups.ts";
import { furtherRows } from "./further-words.ts";
import { quotedWords } from "./quoted.ts";

export interface Verdict {
  readonly good: boolean;
  readonly title: string;
  readonly text: string;
}

export function verdictOf(report: Report): Verdict {
  const { ok, failures, employer, size } = report;
  if (ok) {
    return {
      good: true,
      title: say("recount.verdict.good"),
      text:
        employer === null
          ? say("recount.verdict.good-text-nobody", { entries: size ?? 0 })
          : say("recount.verdict.good-text", { entries: size ?? 0, employer: foreign(employer) }),
    };
  }
  return {
    good: false,
    title: say("recount.verdict.bad"),
    text: say(size === null ? "recount.verdict.bad-text-nothing" : "recount.verdict.bad-text", {
      found: failures.length,
    }),
  };
}

export interface Row {
  readonly term: string;
  readonly value: string;
}

export interface LetterWords {
  readonly letter: string;
  readonly title: string | null;
  /** Null while nothing is known, or after a closing without a number. */
  readonly count: { readonly number: string; readonly unit: string } | null;
  readonly rows: readonly Row[];
  readonly sentence: Words;
  readonly registrars: LetterReport["registrars"];
  readonly quorum: number;
}

/** The letter asked for first. Empty unless every check holds. */
export function lettersInWords(report: Report, first: string | null): LetterWords[] {
  if (!report.ok) return [];
  const place = ({ letter }: LetterReport) => (letter === first ? 0 : 1);
  return [...report.letters]
    .sort((a, b) => place(a) - place(b))
    .map((letter) => letterInWords(letter, report));
}

function letterInWords(letter: LetterReport, report: Report): LetterWords {
  const { title, counted: count, days, registrars, quorum } = letter;
  const known = days !== null && letter.state !== "too-few";
  return {
    letter: letter.letter,
    title,
    count: known
      ? {
          number: say.number(count.mailbox),
          unit: say("recount.unit", { count: count.mailbox }),
        }
      : null,
    rows: [
      { term: say("recount.term.state"), value: stateInWords(letter) },
      ...earlyRows(letter),
      ...(known ? numberRows(letter) : []),
      ...furtherRows(letter),
    ],
    sentence: quotedWords(letter, report),
    registrars,
    quorum,
  };
}

function stateInWords({ state, opens, closes, closing }: LetterReport): string {
  if (state === "open") return say("recount.state.open", { opens: day(opens), closes: day(closes) });
  if (closing === null) return say(`recount.state.${state}`);
  return say(`recount.state.${state}-on`, { day: day(closing.day) });
}

/** Who may agree to it stands in the letter's text, so where that was not read nobody can say whose keys they are. */
function earlyRows({ earlyClosing, closes, text }: LetterReport): Row[] {
  if (earlyClosing === null) return [];
  const value = say(
    text === "public" || text === "opened" ? "recount.early.organisers" : "recount.early.keys",
    {
      count: earlyClosing.by.length,
      instead: day(earlyClosing.instead),
      closes: day(closes),
      day: day(earlyClosing.day),
    },
  );
  return [{ term: say("recount.term.last-day"), value }];
}

function numberRows(letter: LetterReport): Row[] {
  const { counted: count, withdrawn, appearances, days, headcount, closing } = letter;
  const { named, confirmed, role, hidden, anonymousOrErased: nothing } = appearances.mailbox;
  const rows: Row[] = [];
  if (headcount !== null) {
    const percent = Math.floor((1000 * count.mailbox) / headcount.number) / 10;
    const { number, source } = headcount;
    const value = say("recount.share", {
      number,
      source: foreign(source),
      day: day(headcount.day),
      percent,
    });
    rows.push({ term: say("recount.term.out-of"), value });
  }
  rows.push({
    term: say("recount.term.shown"),
    value:
      hidden === 0
        ? say("recount.shown", { named, role, nothing })
        : say("recount.shown-hidden", { named, role, hidden, nothing }),
  });
  if (named > 0) {
    rows.push({
      term: say("recount.term.names"),
      value: say("recount.names", { confirmed, given: named - confirmed }),
    });
  }
  if (count.vouched > 0) {
    rows.push({
      term: say("recount.term.vouched"),
      value:
        withdrawn.vouched === 0
          ? say("recount.vouched", { count: count.vouched })
          : say("recount.vouched-withdrawn", { count: count.vouched, withdrawn: withdrawn.vouched }),
    });
  }
  rows.push({ term: say("recount.term.withdrawn"), value: say.number(withdrawn.mailbox) });
  if (days !== null) {
    rows.push({
      term: say("recount.term.came-out"),
      value: say("recount.came-out", { first: day(days.first), last: day(days.last) }),
    });
  }
  if (closing !== null && letter.state === "closed") {
    rows.push({ term: say("recount.term.when-closed"), value: say.number(closing.counts.mailbox) });
  }
  return rows;
}

/** As the log has it, so that it can be compared with that. */
function day(text: Day): Words {
  return [text];
}

interface Checked {
  /** The groups of failures that speak against it. */
  readonly groups: readonly GroupName[];
  readonly text: string;
}

/** Every check of a recount that came to its end; `comparedWithKnown` is whether there was a checkpoint to compare with. */
function checksOf(report: Report, comparedWithKnown: boolean): Checked[] {
  const { size, cosigned, letters, issuance, clients } = report;
  const endorsed = letters.reduce(
    (sum, letter) => sum + letter.endorsed.mailbox + letter.endorsed.vouched,
    0,
  );
  return [
    {
      groups: ["checkpoint"],
      text: say("recount.held.checkpoint", { witnesses: cosigned.length }),
    },
    { groups: ["tree", "files"], text: say("recount.held.tree", { entries: size ?? 0 }) },
    ...check(comparedWithKnown, "known", say("recount.held.known")),
    { groups: ["form", "signatures"], text: say("recount.held.form") },
    { groups: ["workforce", "keys"], text: say("recount.held.workforce") },
    { groups: ["letters"], text: say("recount.held.letters") },
    { groups: ["endorsements"], text: say("recount.held.endorsements", { endorsed }) },
    { groups: ["batches"], text: say("recount.held.batches") },
    { groups: ["closings", "numbers"], text: say("recount.held.numbers") },
    ...check(letters.some(hasFurther), "further", say("recount.held.further")),
    { groups: ["openings"], text: say("recount.held.openings") },
    ...check(
      issuance.some(({ issued }) => issued !== null),
      "issuance",
      say("recount.held.issuance"),
    ),
    ...check(
      letters.some(({ headcount }) => headcount !== null),
      "headcount",
      say("recount.held.headcount"),
    ),
    ...check(clients.length > 0, "clients", say("recount.held.clients")),
  ];
}

function hasFurther({ deliveries, responses, judgements, dealings }: LetterReport): boolean {
  return deliveries.length + responses.length + judgements.length + dealings.length > 0;
}

/** One that there is not always something to do for. */
function check(done: boolean, group: GroupName, text: string): Checked[] {
  return done ? [{ groups: [group], text }] : [];
}

/** What was checked and holds. Empty for a recount that could not begin. */
export function heldChecks(report: Report, comparedWithKnown: boolean): string[] {
  if (report.size === null) return [];
  const failed = new Set(report.failures.map(({ code }) => groupOf(code)));
  return checksOf(report, comparedWithKnown)
    .filter(({ groups }) => !groups.some((group) => failed.has(group)))
    .map(({ text }) => text);
}

export function issuanceInWords({
  name,
  epoch,
  class: cls,
  issued,
  most,
  endorsed,
  destroyed,
}: IssuanceReport): string {
  const common = { name: foreign(name), kind: cls, epoch, endorsed };
  const stated =
    issued === null
      ? say("recount.issuance.none", common)
      : most === null || most === issued
        ? say("recount.issuance.one", { ...common, issued })
        : say("recount.issuance.range", { ...common, issued, most });
  return destroyed === null ? stated : say("recount.issuance.destroyed", { stated, day: day(destroyed) });
}

export type Shout = "forked" | "shorter" | "foreign";

/** What a known checkpoint shows of the log, where it shows something bad. The worst first. */
export function shoutOf(report: Report): Shout | null {
  const codes = new Set(report.failures.map(({ code }) => code));
  if (codes.has("log-forked")) return "forked";
  if (codes.has("known-checkpoint-foreign")) return "foreign";
  return codes.has("log-shorter-than-known") ? "shorter" : null;
}

/** Whether the files hold nothing of the workforce that was asked for, which a wrong id or a wrong file explains. */
export function isOfAnother(report: Report): boolean {
  return report.employer === null && report.failures.some(({ code }) => code === "file-missing");
}
