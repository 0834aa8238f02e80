/** What became of a letter, for the report. */
import type { OrganiserSignature, WithheldRecord } from "@undersigned/core";
import type { FurtherLife } from "./further-life.ts";
import type { LetterRecord } from "./letter-record.ts";
import { letterName, type NotChecked, notCheckedItem } from "./not-checked.ts";
import type { LetterReport } from "./report.ts";

type Parts = Pick<LetterReport, "deliveries" | "responses" | "judgements" | "dealings" | "chronicle">;

export function furtherReport(further: FurtherLife): Parts {
  const { deliveries, responses, judgements, dealings, chronicle } = further;
  return {
    deliveries: deliveries.map(({ leaf, index }) => {
      const { delivered, how, document, bundle, size } = leaf;
      return {
        ...logged(leaf, index),
        delivered,
        how,
        document,
        bundle,
        size,
        accepted: leaf.acceptance !== null,
      };
    }),
    responses: responses.map(({ leaf, index, record, withheld, evidence }) => ({
      ...logged(leaf, index),
      kind: leaf.kind,
      record: leaf.record,
      response: record,
      withheld: withheldSince(withheld),
      evidence,
    })),
    judgements: judgements.map(({ leaf, index, record }) => {
      return { ...logged(leaf, index), record: leaf.record, judgement: record };
    }),
    dealings: dealings.map(({ leaf, index, rows }) => {
      return { ...logged(leaf, index), record: leaf.record, rows };
    }),
    chronicle: chronicle.map(({ leaf, index, record, withheld, replacedBy }) => ({
      ...logged(leaf, index),
      kind: leaf.kind,
      replaces: leaf.replaces,
      record: leaf.record,
      entry: record,
      withheld: withheldSince(withheld),
      replacedBy,
    })),
  };
}

function logged({ day, by }: { day: string; by: readonly OrganiserSignature[] }, index: number) {
  return { leaf: index, day, by: by.map(({ organiser }) => organiser) };
}

function withheldSince(notice: WithheldRecord | null) {
  return notice === null ? null : { day: notice.day, reason: notice.reason };
}

/** Sentences; `name` is the letter's. */
export function furtherNotChecked({ letter, further }: LetterRecord): NotChecked[] {
  const items: NotChecked[] = [];
  if (further.isEmpty) return items;
  const of = letterName(letter);
  if (of.title === null) items.push(notCheckedItem("organisers", of));
  if (further.deliveries.length > 0) items.push(notCheckedItem("delivery", of));
  const mails = further.responses.filter(({ leaf }) => leaf.kind === "mail");
  if (mails.length > 0) {
    const again = mails.some(({ evidence }) => evidence);
    items.push(notCheckedItem(again ? "answers-again" : "answers-once", of));
  }
  const missing = further.responses.filter(({ record, withheld }) => record === null && withheld === null);
  if (missing.length > 0) items.push(notCheckedItem("answers-missing", { ...of, count: missing.length }));
  if (further.chronicle.length > 0) items.push(notCheckedItem("chronicle", of));
  const gone = further.chronicle.filter(({ record, withheld }) => record === null && withheld === null);
  if (gone.length > 0) items.push(notCheckedItem("chronicle-missing", { ...of, count: gone.length }));
  return items;
}
