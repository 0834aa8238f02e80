/**
 * Begins a document: an empty one, the next version of a workforce, or the new version of a letter. The page makes the id, so
 * that the same request again makes no second one.
 */
import { type ActBody, documentTitle, fieldsOfLetter, fieldsOfWorkforce } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { letterText, workforceInForce } from "../model/board-texts.ts";
import { addDocument, type DeskDocument, findDocument, nameOf, summaryOf } from "../model/documents.ts";
import { beginFields } from "../model/fields.ts";
import type { DeskTrx } from "../storage/schema.ts";
import { within } from "./act.ts";

export const documentNew = within<"document-new">(async ({ desk, caller, trx }, body) => {
  const { id, kind, workforce, replaces } = body;
  const known = await findDocument(desk, trx, id);
  if (known !== null) {
    const same = known.kind === kind && known.workforce === workforce && known.replaces === replaces;
    if (same) return { answer: summaryOf(known), about: null };
    throw new DeskError("document-taken", "There is another document of this id: make a new one.");
  }
  const fields = await firstFields(desk, trx, body);
  const document: DeskDocument = {
    id,
    kind,
    state: "draft",
    title: documentTitle(kind, fields),
    day: desk.clock.day(),
    workforce,
    replaces,
    published: null,
  };
  await addDocument(desk, trx, document);
  await beginFields(desk, trx, document, fields, caller.alias);
  return { answer: summaryOf(document), about: nameOf(document) };
});

async function firstFields(
  desk: Desk,
  trx: DeskTrx,
  { kind, workforce, replaces }: ActBody<"document-new">,
): Promise<ReadonlyMap<string, string>> {
  if (kind === "workforce" && replaces !== null) {
    throw new DeskError("document-kind", "Only a letter has an older version that it replaces.");
  }
  if (workforce === null) {
    if (replaces === null) return new Map();
    throw new DeskError("document-kind", "Name the workforce of the letter that is to be replaced.");
  }
  const inForce = await workforceInForce(trx, workforce);
  if (kind === "workforce") return fieldsOfWorkforce(inForce.manifest);
  return replaces === null ? new Map() : fieldsOfLetter(await letterText(desk, trx, workforce, replaces));
}
