/**
 * A report in plain words: the verdict, the numbers, what was checked. No number leaves here unless every check holds. Titles,
 * names and headcount sources are whatever a letter's or workforce's authors wrote; the page shows them as text.
 */
import type { IssuanceReport, LetterReport, Report } from "@undersigned/verify";
import { type GroupName, groupOf } from "./failure-groups.ts";

const format = new Intl.NumberFormat("en-GB");

export function number(value: number): string {
  return format.format(value);
}

function counted(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

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
      title: "Every check holds",
      text: `This device has checked all ${counted(size ?? 0, "entry", "entries")} of the log of ${employer ?? "this workforce"} and counted for itself.`,
    };
  }
  const found = counted(failures.length, "thing is", "things are");
  const begun = size === null ? " Nothing could be counted." : "";
  return {
    good: false,
    title: "Do not quote a number from here",
    text: `${found} wrong with this log or its files, so there is nothing to quote.${begun}`,
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
  readonly sentence: string;
  readonly registrars: LetterReport["registrars"];
  readonly quorum: number;
}

/** The letter asked for first. Empty unless every check holds. */
export function lettersInWords(report: Report, first: string | null): LetterWords[] {
  if (!report.ok) return [];
  const place = ({ letter }: LetterReport) => (letter === first ? 0 : 1);
  return [...report.letters].sort((a, b) => place(a) - place(b)).map(letterInWords);
}

function letterInWords(letter: LetterReport): LetterWords {
  const { title, counted: count, days, sentence, registrars, quorum } = letter;
  const known = days !== null && letter.state !== "too-few";
  return {
    letter: letter.letter,
    title,
    count: known
      ? {
          number: number(count.mailbox),
          unit: count.mailbox === 1 ? "holder of a work mailbox" : "holders of work mailboxes",
        }
      : null,
    rows: [
      { term: "State", value: stateInWords(letter) },
      ...earlyRows(letter),
      ...(known ? numberRows(letter) : []),
    ],
    sentence,
    registrars,
    quorum,
  };
}

function stateInWords({ state, opens, closes, closing }: LetterReport): string {
  if (state === "open") return `Open for signatures from ${opens} to ${closes}`;
  const day = closing === null ? "" : ` on ${closing.day}`;
  if (state === "too-few")
    return `Closed${day}: too few had signed, and all signatures were destroyed unseen`;
  return `Closed${day}`;
}

/** Who may agree to it stands in the letter's text, so where that was not read nobody can say whose keys they are. */
function earlyRows({ earlyClosing, closes, text }: LetterReport): Row[] {
  if (earlyClosing === null) return [];
  const { by, day, instead } = earlyClosing;
  const whose =
    text === "public" || text === "opened"
      ? counted(by.length, "organiser", "organisers")
      : `${counted(by.length, "key", "keys")}, of organisers by the board's word,`;
  return [{ term: "Last day", value: `${whose} moved it from ${instead} to ${closes}; logged on ${day}` }];
}

function numberRows(letter: LetterReport): Row[] {
  const { counted: count, withdrawn, appearances, days, headcount, closing } = letter;
  const { named, confirmed, role, hidden, anonymousOrErased } = appearances.mailbox;
  const rows: Row[] = [];
  if (headcount !== null) {
    const share = Math.floor((1000 * count.mailbox) / headcount.number) / 10;
    const of = `${number(headcount.number)} (${headcount.source}, ${headcount.day})`;
    rows.push({ term: "Out of", value: `${of}: ${format.format(share)} per cent` });
  }
  rows.push({
    term: "Shown",
    value: `${number(named)} by name, ${number(role)} by role, ${hidden === 0 ? "" : `${number(hidden)} hidden, `}${number(anonymousOrErased)} with nothing`,
  });
  if (named > 0) {
    rows.push({
      term: "Names",
      value: `${number(confirmed)} confirmed by work mailbox, ${number(named - confirmed)} given by the signatory`,
    });
  }
  if (count.vouched > 0) {
    const left = withdrawn.vouched === 0 ? "" : `; ${number(withdrawn.vouched)} withdrawn`;
    rows.push({
      term: "Vouched for",
      value: `${number(count.vouched)} more, not in the number, by a colleague's word${left}`,
    });
  }
  rows.push({ term: "Withdrawn", value: number(withdrawn.mailbox) });
  if (days !== null) rows.push({ term: "Came out", value: `from ${days.first} to ${days.last}` });
  if (closing !== null && letter.state === "closed") {
    rows.push({ term: "When it was closed", value: number(closing.counts.mailbox) });
  }
  return rows;
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
  const witnesses =
    cosigned.length === 0 ? "" : `, and cosigned by ${counted(cosigned.length, "witness", "witnesses")}`;
  return [
    { groups: ["checkpoint"], text: `The checkpoint is signed by the log's key${witnesses}.` },
    {
      groups: ["tree", "files"],
      text: `Each of the ${counted(size ?? 0, "entry", "entries")} has the hash that the log states, and all hashes lead to the checkpoint.`,
    },
    ...check(
      comparedWithKnown,
      "known",
      "The log has grown out of the checkpoint that is known from before.",
    ),
    {
      groups: ["form", "signatures"],
      text: "Each entry is in its format, in its place and signed by whom it names.",
    },
    {
      groups: ["workforce", "keys"],
      text: "The workforce is the one that was asked for, and those who must have agreed to each of its versions and keys.",
    },
    { groups: ["letters"], text: "Each letter was opened by somebody who may, once, in its turn." },
    {
      groups: ["endorsements"],
      text: `Each token and each signature of ${endorsed === 1 ? "the 1 endorsement" : `the ${number(endorsed)} endorsements`} holds, and none is counted twice.`,
    },
    {
      groups: ["batches"],
      text: "Signatures came out in batches of the stated size, on the stated days, in an order that says nothing.",
    },
    { groups: ["closings", "numbers"], text: "No number that the board states differs from the log's." },
    {
      groups: ["openings"],
      text: "Each name and role that is shown is the one that its signatory committed to.",
    },
    ...check(
      issuance.some(({ issued }) => issued !== null),
      "issuance",
      "No registrar's tokens were used more often than it can have issued by its own word.",
    ),
    ...check(
      letters.some(({ headcount }) => headcount !== null),
      "headcount",
      "No letter has more signatories than the employer has people, as stated.",
    ),
    ...check(
      clients.length > 0,
      "clients",
      "What the board states to give to browsers is listed file by file.",
    ),
  ];
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
  const used = `no letter bears more than ${number(endorsed)} of its tokens`;
  const kind = cls === "mailbox" ? "work mailboxes" : "vouched-for people";
  const keys = destroyed === null ? "" : ` On ${destroyed} it stated that its keys were destroyed.`;
  if (issued === null) return `${name}, ${kind}, epoch ${epoch}: has stated no number; ${used}.${keys}`;
  const range = most === null || most === issued ? number(issued) : `${number(issued)} to ${number(most)}`;
  return `${name}, ${kind}, epoch ${epoch}: says that it enrolled ${range}; ${used}.${keys}`;
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
