/**
 * Which entry of a letter's chronicle may take which place (PROTOCOL §4 rule 14, decision 32). Boards ask before they log an
 * entry, recounts afterwards; a recount may not have the records of others, so it passes `language` undefined for them.
 */
import { addDays, type Day } from "./day.ts";
import type { ChronicleKind } from "./formats/chronicle-kind.ts";
import type { ChronicleEntry, TranslationEntry } from "./formats/chronicle-record.ts";
import type { LetterManifest } from "./formats/letter-manifest.ts";

/** What is compared of an entry. */
export interface EntryPlace {
  readonly kind: ChronicleKind;
  /** Of a translation, as languageKey gives it, or undefined where its record cannot be read; null of all else. */
  readonly language: string | null | undefined;
}

/** How languages are compared: `pt-BR` and `pt-br` are one. */
export function languageKey(tag: string): string {
  return tag.toLowerCase();
}

export function placeOf(entry: ChronicleEntry): EntryPlace & { readonly language: string | null } {
  return {
    kind: entry.kind,
    language: entry.kind === "translation" ? languageKey(entry.language) : null,
  };
}

/**
 * Whether an entry can follow those in force (by the hashes of their records): what it replaces is there and of its kind, and
 * topics and the translation into one language are there once. Entries that were replaced, and removals, are not in force.
 * Null if so, else a sentence.
 */
export function whatIsWrongWithPlace(
  { kind, language, replaces }: EntryPlace & { readonly replaces: string | null },
  inForce: ReadonlyMap<string, EntryPlace>,
): string | null {
  if (replaces !== null) {
    const replaced = inForce.get(replaces);
    if (replaced === undefined) return "What the entry replaces is no entry of the letter that is in force.";
    if (kind === "removal") return null;
    if (kind !== replaced.kind) return `The entry is a ${kind} and replaces a ${replaced.kind}.`;
    if (language !== undefined && replaced.language !== undefined && language !== replaced.language)
      return "The translation replaces one into another language.";
  }
  if (kind !== "topics" && kind !== "translation") return null;
  for (const [record, other] of inForce) {
    if (record === replaces || other.kind !== kind) continue;
    if (kind === "topics") return "The letter has topics already, and the entry does not replace them.";
    if (language !== undefined && language === other.language)
      return "The letter has a translation into this language already, and the entry does not replace it.";
  }
  return null;
}

/** Whether a translation has the parts of its letter's manifest. Null if so, else a sentence. */
export function whatIsWrongWithTranslation(
  { language, demands, supplement }: TranslationEntry,
  manifest: LetterManifest,
): string | null {
  if (languageKey(language) === languageKey(manifest.language))
    return "The translation is into the language of the letter itself.";
  if (!sameIds(demands, manifest.demands)) return "The translation has not the demands of the letter.";
  if ((supplement === null) !== (manifest.supplement === null))
    return "The translation has a supplement exactly if the letter has one.";
  if (!sameIds(supplement?.claims ?? [], manifest.supplement?.claims ?? []))
    return "The translation has not the claims of the letter's supplement.";
  return null;
}

/** Whether something can have happened on a day, of which a leaf of the day `logged` tells. */
export function canHaveHappened(on: Day, logged: Day): boolean {
  return on <= addDays(logged, 1);
}

function sameIds(one: readonly { readonly id: string }[], other: readonly { readonly id: string }[]) {
  return one.length === other.length && one.every(({ id }, i) => id === other[i]?.id);
}
