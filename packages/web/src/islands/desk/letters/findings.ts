/**
 * What a draft would give away, in every text of every field, and the same draft with it mended. Addresses that are meant to be
 * read (the addressee's mailbox) are no finding.
 */
import {
  cleanText,
  type FoundWords,
  inspectText,
  TEXT_KINDS,
  type TextFinding,
  type TextKind,
} from "@undersigned/clean";
import type { JsonValue } from "@undersigned/core";

export interface Found {
  readonly kind: TextKind;
  readonly words: FoundWords;
  readonly mends: boolean;
  /** How many of this kind. */
  readonly count: number;
}

export interface FieldFindings {
  readonly field: string;
  readonly found: readonly Found[];
}

const WHOLE: readonly TextKind[] = TEXT_KINDS;
const NO_ADDRESSES = TEXT_KINDS.filter((kind) => kind !== "mail-address");

/** Of all texts in a field's value. */
export function foundInField(field: string, value: JsonValue): readonly Found[] {
  const kinds = kindsIn(field);
  return summed(
    textsOf(value).flatMap((text) => inspectText(text).filter(({ kind }) => kinds.includes(kind))),
  );
}

/** The value with everything mended that can be. */
export function cleanedField(field: string, value: JsonValue): JsonValue {
  const kinds = kindsIn(field);
  const clean = (one: JsonValue): JsonValue => {
    if (typeof one === "string") return cleanText(one, kinds);
    if (Array.isArray(one)) return one.map(clean);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, clean(item)]));
  };
  return clean(value);
}

/** Of a whole draft, by field; fields without findings are left out. */
export function foundInDraft(fields: ReadonlyMap<string, JsonValue>): readonly FieldFindings[] {
  return [...fields]
    .map(([field, value]) => ({ field, found: foundInField(field, value) }))
    .filter(({ found }) => found.length > 0);
}

function kindsIn(field: string): readonly TextKind[] {
  return field === "addressee" ? NO_ADDRESSES : WHOLE;
}

function textsOf(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function summed(findings: readonly TextFinding[]): Found[] {
  const byWords = new Map<string, Found>();
  for (const { kind, words, mends } of findings) {
    const key = `${kind} ${mends} ${words}`;
    byWords.set(key, { kind, words, mends, count: (byWords.get(key)?.count ?? 0) + 1 });
  }
  return [...byWords.values()];
}
