/** Puts a frozen workforce in force: its manifest is logged, with its registrars' signatures. */
import { changeDocument, nameOf, requireDocument, requireKind } from "../model/documents.ts";
import { deleteFrozen, requireFrozen } from "../model/frozen.ts";
import { around } from "./act.ts";

export const workforceAdd = around<"workforce-add">(async ({ desk }, { document: id }) => {
  const { db } = desk.database;
  const document = await requireDocument(desk, db, id);
  requireKind(document, "workforce");
  if (document.published !== null) return { answer: { workforce: document.published }, about: null };
  const { file, signatures } = await requireFrozen(desk, db, id);
  const { workforce } = await desk.board.addWorkforce({ manifestFile: file, signatures });
  await desk.database.transaction(async (trx) => {
    await deleteFrozen(trx, id);
    const now = await requireDocument(desk, trx, id);
    await changeDocument(desk, trx, { ...now, state: "published", published: workforce });
  });
  return { answer: { workforce }, about: nameOf(document) };
});
