/**
 * Entries of the chronicle (PROTOCOL §4 rule 14, decision 32): what a leaf says of its record, and which place it takes. Kind
 * and `replaces` stand in the leaf, so that the order of entries can be told where records are gone.
 */
import {
  type ChronicleLeaf,
  type ChronicleRecord,
  canHaveHappened,
  type EntryPlace,
  placeOf,
  whatIsWrongWithPlace,
  whatIsWrongWithTranslation,
} from "@undersigned/core";
import type { FurtherLetter, noteOf } from "./further-rules.ts";

type Note = ReturnType<typeof noteOf>["note"];

/** `record` is null where it is gone. */
export function placeOfEntry({ kind }: ChronicleLeaf, record: ChronicleRecord | null): EntryPlace {
  if (record !== null) return placeOf(record.entry);
  return { kind, language: kind === "translation" ? undefined : null };
}

export function checkEntry(
  leaf: ChronicleLeaf,
  record: ChronicleRecord | null,
  { letter: { manifest }, further }: FurtherLetter,
  note: Note,
): void {
  const place = { ...placeOfEntry(leaf, record), kind: leaf.kind, replaces: leaf.replaces };
  const wrong = whatIsWrongWithPlace(place, further.inForce);
  if (wrong !== null) note("record-wrong", wrong);
  if (record === null) return;
  const { on, replaces, entry } = record;
  if (entry.kind !== leaf.kind)
    note("record-wrong", `The record is a ${entry.kind}, and its leaf says that it is a ${leaf.kind}.`);
  if (replaces !== leaf.replaces)
    note("record-wrong", "The record replaces another entry than its leaf says.");
  if (!canHaveHappened(on, leaf.day))
    note("record-wrong", `The entry is of ${on}, and its leaf of ${leaf.day}: that was still to come.`);
  if (entry.kind !== "translation" || manifest === null) return;
  const mismatch = whatIsWrongWithTranslation(entry, manifest);
  if (mismatch !== null) note("record-wrong", mismatch);
}
