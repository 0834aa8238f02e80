/**
 * Fields of documents. Each has a version that rises by one with each change; a change says which version it was made from. So
 * two people who write in different fields never meet, and where they meet nothing is overwritten that its writer had not seen.
 */
import {
  type ActAnswer,
  type ActBody,
  type Base64url,
  checkField,
  concatBytes,
  documentTitle,
  encodeBase64url,
  fieldName,
  fieldValue,
  MAX_FIELDS,
  organiserAlias,
  shape,
  utf8Encode,
} from "@undersigned/core";
import { type Desk, idBytes } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { changeDocument, type DeskDocument } from "./documents.ts";

const TABLE = "desk_field";
const MAX_DOCUMENT_BYTES = 2_000_000;
const INSERTED_AT_ONCE = 100;

const record = shape.object({
  name: fieldName,
  version: shape.integer(1),
  value: fieldValue,
  by: organiserAlias,
  day: shape.day,
});

export type Field = shape.Infer<typeof record>;
type Change = ActBody<"document-save">["changes"][number];

/** By name. */
export async function readFields(desk: Desk, db: DeskReader, document: Base64url): Promise<Field[]> {
  const rows = await db.selectFrom(TABLE).selectAll().where("document", "=", idBytes(document)).execute();
  return rows
    .map(({ name, sealed }) => desk.sealer.open(TABLE, rowId(document, name), sealed, record))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** JSON text by name, as core's drafts take it. */
export function fieldMap(fields: readonly Field[]): ReadonlyMap<string, string> {
  return new Map(fields.map(({ name, value }) => [name, value]));
}

/** The fields with which a new document begins. */
export async function beginFields(
  desk: Desk,
  trx: DeskTrx,
  document: DeskDocument,
  values: ReadonlyMap<string, string>,
  by: string,
): Promise<void> {
  const fields = [...values].map(([name, value]) => ({ name, version: 1, value, by, day: document.day }));
  await put(desk, trx, document.id, fields);
}

/**
 * All changes or none. One that says what stands there already counts as saved: so does a save that comes again because its answer
 * was lost. Throws CoreError `unknown-field` or `bad-field`, and `document-too-large`.
 */
export async function saveFields(
  desk: Desk,
  trx: DeskTrx,
  document: DeskDocument,
  changes: readonly Change[],
  by: string,
): Promise<ActAnswer<"document-save">> {
  const fields = new Map((await readFields(desk, trx, document.id)).map((field) => [field.name, field]));
  const written: Field[] = [];
  const conflicts: Field[] = [];
  const day = desk.clock.day();
  for (const { name, base, value } of changes) {
    checkField(document.kind, name, value);
    const now = fields.get(name);
    if (now?.value === value) continue;
    if (now === undefined || now.version === base) {
      written.push({ name, version: (now?.version ?? 0) + 1, value, by, day });
    } else {
      conflicts.push(now);
    }
  }
  if (conflicts.length > 0) return { saved: [], conflicts };
  for (const field of written) fields.set(field.name, field);
  requireRoom(fields);
  await put(desk, trx, document.id, written);
  if (written.length > 0) {
    const title = documentTitle(document.kind, fieldMap([...fields.values()]));
    await changeDocument(desk, trx, { ...document, title, day });
  }
  return {
    saved: changes.map(({ name }) => ({ name, version: fields.get(name)!.version })),
    conflicts: [],
  };
}

function requireRoom(fields: ReadonlyMap<string, Field>): void {
  let bytes = 0;
  for (const { value } of fields.values()) bytes += Buffer.byteLength(value);
  if (fields.size <= MAX_FIELDS && bytes <= MAX_DOCUMENT_BYTES) return;
  throw new DeskError(
    "document-too-large",
    "The document has no room for this: shorten it, or take something out.",
  );
}

async function put(desk: Desk, trx: DeskTrx, document: Base64url, fields: readonly Field[]): Promise<void> {
  const rows = fields.map((field) => {
    const name = desk.sealer.nameOf(TABLE, concatBytes(idBytes(document), utf8Encode(field.name)));
    return {
      document: idBytes(document),
      name,
      sealed: desk.sealer.seal(TABLE, rowId(document, name), { ...field }),
    };
  });
  for (let i = 0; i < rows.length; i += INSERTED_AT_ONCE) {
    await trx
      .insertInto(TABLE)
      .values(rows.slice(i, i + INSERTED_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(["document", "name"]).doUpdateSet((row) => ({ sealed: row.ref("excluded.sealed") })),
      )
      .execute();
  }
}

function rowId(document: Base64url, name: Uint8Array): string {
  return `${document}.${encodeBase64url(name)}`;
}
