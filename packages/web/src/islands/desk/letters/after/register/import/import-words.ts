/** What an import's preview says: of the file, of each row, of each field that becomes another. */
import type { Dealing, Source } from "@undersigned/core";
import type { ImportPlan, ImportResult, ImportWarning, SkipReason } from "@undersigned/dealings";
import { longDay } from "../../../../../../shared/words/days.ts";
import { amountWords, STATUS_WORDS, VALUE_KINDS } from "../../../../../../shared/words/dealings.ts";
import { counted, number } from "../../../../../../shared/words/numbers.ts";

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  "no-supplier": "without a supplier",
  "no-agency": "without an agency",
  "no-id": "without an id by which it could be brought up to date later",
  "bad-amount": "with an amount that is no number",
  "not-awarded": "planned, cancelled or given to nobody",
  "no-source": "without an address where it can be looked up",
};

const WARNINGS: Readonly<Record<ImportWarning["code"], (count: number) => string>> = {
  "too-many-rows": (count) =>
    `${number(count)} rows match, more than a register can have. Go back and pick suppliers.`,
  "member-passed-over": (count) =>
    `${counted(count, "file", "files")} in the zip file is no export of contracts, and was passed over.`,
  "amount-rounded": (count) => `${counted(count, "amount", "amounts")} had more than four decimals: rounded.`,
  "value-left-out": (count) => `${counted(count, "value", "values")} without a currency: left out.`,
  "day-left-out": (count) => `${counted(count, "day", "days")} that is none, or before 2000: left out.`,
  "suppliers-uncertain": () => "The file names very many suppliers: their numbers are at least these.",
};

/** What was left out of the file, and why; one sentence each. */
export function leftOutWords({ counts, warnings }: Pick<ImportResult, "counts" | "warnings">): string[] {
  const skipped = (Object.entries(counts.skipped) as [SkipReason, number][])
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${counted(count, "entry", "entries")} left out: ${SKIPPED[reason]}.`);
  return [...skipped, ...warnings.map(({ code, count }) => WARNINGS[code](count))];
}

/** How many rows become what: `3 rows are added, 1 is changed; 4 stay as they are.` */
export function planWords({ added, changed, replaced, same }: ImportPlan): string {
  const parts = [
    [added.length, "added"],
    [changed.length, "changed"],
    [replaced.length, "removed"],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, done]) => `${counted(count, "row is", "rows are")} ${done}`);
  const first = said.length === 0 ? "Nothing would change" : said.join(", ");
  const stay =
    same.length === 0 ? "" : `; ${counted(same.length, "row stays as it is", "rows stay as they are")}`;
  return `${first}${stay}.`;
}

/** A row in one line. */
export function rowLine({ supplier, recipient, value, agreed }: Dealing): string {
  return [
    `${supplier} to ${recipient}`,
    ...(value === null ? [] : [`${amountWords(value)} (${VALUE_KINDS[value.kind]})`]),
    ...(agreed === null ? [] : [`agreed on ${longDay(agreed)}`]),
  ].join("; ");
}

const NAMES = {
  what: "What",
  supplier: "By",
  recipient: "To",
  office: "Office",
  agreed: "Agreed",
  from: "From",
  until: "Until",
  value: "Value",
  status: "Status",
  since: "Since",
  sources: "Sources",
} as const satisfies Record<keyof Dealing, string>;

/** Fields that become another, as `Value: USD 1,000 becomes USD 1,200`. */
export function differences(before: Dealing, after: Dealing): string[] {
  return (Object.keys(NAMES) as (keyof Dealing)[]).flatMap((field) => {
    const [a, b] = [saidOf(before, field), saidOf(after, field)];
    return a === b ? [] : [`${NAMES[field]}: ${a} becomes ${b}`];
  });
}

function saidOf(entry: Dealing, field: keyof Dealing): string {
  if (field === "value")
    return entry.value === null
      ? "not known"
      : `${amountWords(entry.value)} (${VALUE_KINDS[entry.value.kind]})`;
  if (field === "status") return STATUS_WORDS[entry.status];
  if (field === "sources") return sourcesSaid(entry.sources);
  const text = entry[field];
  if (text === null) return "not known";
  return field === "agreed" || field === "from" || field === "until" || field === "since"
    ? longDay(text)
    : `“${text}”`;
}

function sourcesSaid(sources: readonly Source[]): string {
  return sources.map(({ title, url }) => `“${title}” (${url})`).join(", ");
}
