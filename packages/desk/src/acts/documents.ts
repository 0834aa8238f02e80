/** All documents of the desk. */
import { readDocuments, summaryOf } from "../model/documents.ts";
import { within } from "./act.ts";

export const documents = within<"documents">(async ({ desk, trx }) => ({
  answer: { documents: (await readDocuments(desk, trx)).map(summaryOf) },
}));
