/** Deletes a draft for good. */
import { deleteDocument, findDocument, nameOf, requireDraft } from "../model/documents.ts";
import { within } from "./act.ts";

export const documentDiscard = within<"document-discard">(async ({ desk, trx }, { id }) => {
  const document = await findDocument(desk, trx, id);
  if (document === null) return { answer: {}, about: null };
  requireDraft(document);
  await deleteDocument(trx, id);
  return { answer: {}, about: nameOf(document) };
});
