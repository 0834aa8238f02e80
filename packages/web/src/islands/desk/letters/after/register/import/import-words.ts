/** What an import's preview says: of the file, of each row, of each field that becomes another. */

import type { Dealing, Source } from "@undersigned/core";
import type { ImportPlan, ImportResult, ImportWarning, SkipReason } from "@undersigned/dealings";
import { foreign } from "@undersigned/messages";
import { amountWords } from "../../../../../../shared/words/dealings.ts";
import { say } from "../../../../../say.ts";

const SKIPPED_REASONS = [
  "no-supplier",
  "no-agency",
  "no-id",
  "bad-amount",
  "not-awarded",
  "no-source",
] as const satisfies readonly SkipReason[];

function skippedWords(reason: SkipReason, count: number): string {
  return say(`desk-register.skipped.${reason}`, { count });
}

function warningWords({ code, count }: ImportWarning): string {
  switch (code) {
    case "too-many-rows":
      return say("desk-register.too-many-rows", { count });
    case "member-passed-over":
      return say("desk-register.member-passed-over", { count });
    case "amount-rounded":
      return say("desk-register.amount-rounded", { count });
    case "value-left-out":
      return say("desk-register.value-left-out", { count });
    case "day-left-out":
      return say("desk-register.day-left-out", { count });
    case "suppliers-uncertain":
      return say("desk-register.suppliers-uncertain");
  }
}

/** What of the file becomes no row, or another one than it says: a sentence each. */
export function leftOutWords({ counts, warnings }: Pick<ImportResult, "counts" | "warnings">): string[] {
  const skipped = SKIPPED_REASONS.filter((reason) => counts.skipped[reason] > 0);
  return [
    ...skipped.map((reason) => skippedWords(reason, counts.skipped[reason])),
    ...warnings.map(warningWords),
  ];
}

/** What the import would do to the register, in one sentence. */
export function planWords({ added, changed, replaced, same }: ImportPlan): string {
  const parts = [
    added.length > 0 && say("desk-register.rows-added", { count: added.length }),
    changed.length > 0 && say("desk-register.rows-changed", { count: changed.length }),
    replaced.length > 0 && say("desk-register.rows-removed", { count: replaced.length }),
  ].filter((part) => part !== false);
  const first =
    parts.length === 0 ? say("desk-register.nothing-would-change") : parts.join(say("desk-register.comma"));
  return same.length === 0
    ? say("desk-register.plan", { parts: first })
    : say("desk-register.plan-and-same", { parts: first, count: same.length });
}

/** A row in one line. */
export function rowLine({ supplier, recipient, value, agreed }: Dealing): string {
  return [
    say("desk-register.supplier-to-recipient", {
      supplier: foreign(supplier),
      recipient: foreign(recipient),
    }),
    ...(value === null ? [] : [valueWords(value)]),
    ...(agreed === null ? [] : [say("desk-register.agreed-on", { day: say.day(agreed) })]),
  ].join(say("desk-register.semicolon"));
}

function valueWords(value: NonNullable<Dealing["value"]>): string {
  return `${amountWords(value)} (${say(`desk-register.value.${value.kind}`)})`;
}

const FIELDS = [
  "what",
  "supplier",
  "recipient",
  "office",
  "agreed",
  "from",
  "until",
  "value",
  "status",
  "since",
  "sources",
] as const satisfies readonly (keyof Dealing)[];

/** What a row says now and will say, a sentence for each field that differs. */
export function differences(before: Dealing, after: Dealing): string[] {
  return FIELDS.flatMap((field) => {
    const [a, b] = [saidOf(before, field), saidOf(after, field)];
    return a === b
      ? []
      : [say("desk-register.becomes", { field: say(`desk-register.field.${field}`), before: a, after: b })];
  });
}

function saidOf(entry: Dealing, field: keyof Dealing): string {
  const notKnown = () => say("desk-register.not-known");
  if (field === "value") return entry.value === null ? notKnown() : valueWords(entry.value);
  if (field === "status") return say(`desk-register.status.${entry.status}`);
  if (field === "sources") return sourcesSaid(entry.sources);
  const text = entry[field];
  if (text === null) return notKnown();
  return field === "agreed" || field === "from" || field === "until" || field === "since"
    ? say.day(text).text
    : quoted(text);
}

function sourcesSaid(sources: readonly Source[]): string {
  return sources.map(({ title, url }) => `${quoted(title)} (${url})`).join(say("desk-register.comma"));
}

function quoted(text: string): string {
  return say("desk-register.quoted", { text: foreign(text) });
}
