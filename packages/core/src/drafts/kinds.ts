/** Fields by kind of document. */

import type { documentKind } from "../formats/desk/document-acts.ts";
import type { Infer } from "../formats/shape.ts";
import { checkIn, type FieldTable, valueIn } from "./field.ts";
import { letterFields } from "./letter-fields.ts";
import { workforceFields } from "./workforce-fields.ts";

export type DocumentKind = Infer<typeof documentKind>;

const TABLES: Readonly<Record<DocumentKind, FieldTable>> = {
  letter: letterFields,
  workforce: workforceFields,
};

/**
 * Throws CoreError `unknown-field` or `bad-field` unless documents of this kind have the field, and `value` is JSON text of what may
 * stand in it.
 */
export function checkField(kind: DocumentKind, name: string, value: string): void {
  checkIn(TABLES[kind], name, value);
}

const MAX_DOCUMENT_TITLE = 200;

/** What a list of documents calls it: the letter's title or the employer; empty where none is written yet. */
export function documentTitle(kind: DocumentKind, fields: ReadonlyMap<string, string>): string {
  const text =
    kind === "letter"
      ? valueIn(letterFields.title, fields.get("title"))
      : valueIn(workforceFields.employer, fields.get("employer"));
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return [...line].slice(0, MAX_DOCUMENT_TITLE).join("").trim();
}
