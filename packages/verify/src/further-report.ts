/** What became of a letter, for the report. */
import type { OrganiserSignature } from "@undersigned/core";
import type { FurtherLife } from "./further-life.ts";
import type { LetterRecord } from "./letter-record.ts";
import type { LetterReport } from "./report.ts";

type Parts = Pick<LetterReport, "deliveries" | "responses" | "judgements" | "dealings">;

export function furtherReport({ deliveries, responses, judgements, dealings }: FurtherLife): Parts {
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
      withheld: withheld === null ? null : { day: withheld.day, reason: withheld.reason },
      evidence,
    })),
    judgements: judgements.map(({ leaf, index, record }) => {
      return { ...logged(leaf, index), record: leaf.record, judgement: record };
    }),
    dealings: dealings.map(({ leaf, index, rows }) => {
      return { ...logged(leaf, index), record: leaf.record, rows };
    }),
  };
}

function logged({ day, by }: { day: string; by: readonly OrganiserSignature[] }, index: number) {
  return { leaf: index, day, by: by.map(({ organiser }) => organiser) };
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
  return items;
}
