/** What became of a letter, for the report. */
import type { OrganiserSignature, WithheldRecord } from "@undersigned/core";
import type { FurtherLife } from "./further-life.ts";
import type { LetterRecord } from "./letter-record.ts";
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
export function furtherNotChecked({ letter, further }: LetterRecord, name: string): string[] {
  const items: string[] = [];
  if (further.isEmpty) return items;
  if (letter.manifest === null) {
    items.push(
      `That those who signed what became of letter ${name} are organisers of it: its text says who they are.`,
    );
  }
  if (further.deliveries.length > 0)
    items.push(`That letter ${name} has reached its addressee: its organisers say that they handed it over.`);
  const mails = further.responses.filter(({ leaf }) => leaf.kind === "mail");
  if (mails.length > 0) {
    const again = mails.some(({ evidence }) => evidence)
      ? "whoever knows the keys of the addressee's domain can check the mails again"
      : "the mails are not among the files";
    items.push(
      `That answers by mail to letter ${name} bear their addressee's signature: the board says so; ${again}.`,
    );
  }
  const missing = further.responses.filter(({ record, withheld }) => record === null && withheld === null);
  if (missing.length > 0)
    items.push(
      `What ${missing.length === 1 ? "an answer" : "answers"} to letter ${name} ${missing.length === 1 ? "says" : "say"}: not among the files.`,
    );
  if (further.chronicle.length > 0)
    items.push(
      `That what the chronicle of letter ${name} tells is so: its organisers say it, and name their sources.`,
    );
  const gone = further.chronicle.filter(({ record, withheld }) => record === null && withheld === null);
  if (gone.length > 0)
    items.push(
      `What ${gone.length === 1 ? "an entry" : `${gone.length} entries`} of the chronicle of letter ${name} ${gone.length === 1 ? "says" : "say"}: not among the files.`,
    );
  return items;
}
