/** Saves changed fields, all or none. */
import { nameOf, requireDocument, requireDraft } from "../model/documents.ts";
import { saveFields } from "../model/fields.ts";
import { within } from "./act.ts";

export const documentSave = within<"document-save">(async ({ desk, caller, trx }, { id, changes }) => {
  const document = await requireDocument(desk, trx, id);
  requireDraft(document);
  const answer = await saveFields(desk, trx, document, changes, caller.alias);
  // By its last title: the one that is being typed is half a word as often as not.
  const about = answer.saved.length === 0 ? null : nameOf(document);
  return { answer, about, once: `document-save ${id} ${caller.id}` };
});
