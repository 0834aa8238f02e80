/** Makes a frozen workforce a draft again, for a mistake that was found late. */
import { changeDocument, nameOf, requireDocument, requireDraft, requireKind } from "../model/documents.ts";
import { deleteFrozen } from "../model/frozen.ts";
import { within } from "./act.ts";

export const workforceThaw = within<"workforce-thaw">(async ({ desk, trx }, body) => {
  const document = await requireDocument(desk, trx, body.document);
  requireKind(document, "workforce");
  if (document.state !== "frozen") {
    requireDraft(document);
    return { answer: {}, about: null };
  }
  await deleteFrozen(trx, document.id);
  await changeDocument(desk, trx, { ...document, state: "draft" });
  return { answer: {}, about: nameOf(document) };
});
