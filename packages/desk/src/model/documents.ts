/** Documents: what they are of, how far they have come, and what they became. Their fields are in fields.ts. */
import { type ActAnswer, type Base64url, documentKind, documentState, shape } from "@undersigned/core";
import { type Desk, idBytes, idText } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_document";
const MAX_DOCUMENTS = 200;

const hash = shape.nullable(shape.bytes(32));
const record = shape.object({
  kind: documentKind,
  state: documentState,
  title: shape.text(0, 200),
  /** The last day on which somebody wrote. */
  day: shape.day,
  /** A letter's workforce; of a workforce, the one of which it is to be the next version. */
  workforce: hash,
  replaces: hash,
  published: hash,
});

export interface DeskDocument extends shape.Infer<typeof record> {
  readonly id: Base64url;
}

export type DocumentSummary = ActAnswer<"document-new">;

/** Those written in last come first; within a day by title. */
export async function readDocuments(desk: Desk, db: DeskReader): Promise<DeskDocument[]> {
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return rows
    .map(({ id, sealed }) => ({ id: idText(id), ...desk.sealer.open(TABLE, id, sealed, record) }))
    .sort((a, b) => compare(b.day, a.day) || compare(a.title, b.title) || compare(a.id, b.id));
}

export async function findDocument(desk: Desk, db: DeskReader, id: Base64url): Promise<DeskDocument | null> {
  const at = idBytes(id);
  const row = await db.selectFrom(TABLE).select("sealed").where("id", "=", at).executeTakeFirst();
  return row === undefined ? null : { id, ...desk.sealer.open(TABLE, at, row.sealed, record) };
}

/** Throws `document-unknown`. */
export async function requireDocument(desk: Desk, db: DeskReader, id: Base64url): Promise<DeskDocument> {
  const found = await findDocument(desk, db, id);
  if (found !== null) return found;
  throw new DeskError("document-unknown", "This document is not here any more: somebody has discarded it.");
}

/** Throws `document-frozen` or `document-published` for one that nobody can change. */
export function requireDraft({ state }: DeskDocument): void {
  if (state === "frozen") {
    throw new DeskError(
      "document-frozen",
      "This is frozen for the registrars: an owner can make it a draft again.",
    );
  }
  if (state === "published") {
    throw new DeskError(
      "document-published",
      "This is published and cannot be changed: make a new version of it.",
    );
  }
}

/** Throws `document-kind` where the document is of the other kind. */
export function requireKind({ kind }: DeskDocument, wanted: DeskDocument["kind"]): void {
  if (kind === wanted) return;
  throw new DeskError("document-kind", `This document is not one of a ${wanted}: open the right one.`);
}

/** Throws `too-many`. */
export async function addDocument(desk: Desk, trx: DeskTrx, document: DeskDocument): Promise<void> {
  const { count } = await trx
    .selectFrom(TABLE)
    .select((row) => row.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_DOCUMENTS) {
    throw new DeskError(
      "too-many",
      `A desk has room for ${MAX_DOCUMENTS} documents: discard one that is of no use.`,
    );
  }
  await trx
    .insertInto(TABLE)
    .values({ id: idBytes(document.id), sealed: sealed(desk, document) })
    .execute();
}

export async function changeDocument(desk: Desk, trx: DeskTrx, document: DeskDocument): Promise<void> {
  await trx
    .updateTable(TABLE)
    .set({ sealed: sealed(desk, document) })
    .where("id", "=", idBytes(document.id))
    .execute();
}

/** With its fields. */
export async function deleteDocument(trx: DeskTrx, id: Base64url): Promise<void> {
  const document = idBytes(id);
  await trx.deleteFrom("desk_field").where("document", "=", document).execute();
  await trx.deleteFrom("desk_frozen").where("document", "=", document).execute();
  await trx.deleteFrom(TABLE).where("id", "=", document).execute();
}

export function summaryOf({ id, kind, state, title, day, published }: DeskDocument): DocumentSummary {
  return { id, kind, state, title, day, published };
}

/** For the list of acts. */
export function nameOf({ kind, title }: Pick<DeskDocument, "kind" | "title">): string {
  return title === "" ? `a ${kind} without a ${kind === "letter" ? "title" : "name"}` : title;
}

function sealed(desk: Desk, document: DeskDocument): Uint8Array {
  const { id, kind, state, title, day, workforce, replaces, published } = document;
  return desk.sealer.seal(TABLE, idBytes(id), { kind, state, title, day, workforce, replaces, published });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
