/**
 * What organisers tell of a letter's public life, as it is today: entries can be withheld at any time, which changes no
 * checkpoint, so their records are read anew each time and believed only by their hashes.
 */
import {
  type ChronicleRecord,
  type Day,
  type MirrorEntry,
  parseRecord,
  recordHash,
  recordLimit,
  type TranslationEntry,
  type WithheldRecord,
} from "@undersigned/core";
import { type FileSource, type LetterView, recordPath } from "@undersigned/verify";
import { whyWithheld } from "../load-afterwards.ts";

export interface Chronicled {
  /** Of the leaf: when it was entered. */
  readonly day: Day;
  readonly index: number;
  readonly hash: string;
  /** Null where organisers have withheld it, or it is not among the files. */
  readonly record: ChronicleRecord | null;
  readonly why: Pick<WithheldRecord, "day" | "reason"> | null;
  /** That another entry has taken its place, and when; `removed` where that one only takes it back. */
  readonly replaced: { readonly day: Day; readonly removed: boolean } | null;
}

/** In the log's order. */
export async function loadChronicle(source: FileSource, letter: LetterView): Promise<Chronicled[]> {
  const entries = letter.further?.chronicle ?? [];
  const all: Chronicled[] = [];
  for (const { leaf, index, replacedBy } of entries) {
    const file = await source.read(recordPath(leaf.record), recordLimit("chronicle-record"));
    const there = file !== null && recordHash("chronicle-record", file) === leaf.record;
    const by = entries.find((entry) => entry.index === replacedBy);
    all.push({
      day: leaf.day,
      index,
      hash: leaf.record,
      record: there ? parseRecord("chronicle-record", file) : null,
      why: there ? null : await whyWithheld(source, leaf.record),
      replaced: by === undefined ? null : { day: by.leaf.day, removed: by.leaf.kind === "removal" },
    });
  }
  return all;
}

function inForce<K extends ChronicleRecord["entry"]["kind"]>(
  chronicle: readonly Chronicled[],
  kind: K,
): Extract<ChronicleRecord["entry"], { kind: K }>[] {
  return chronicle.flatMap(({ record, replaced }) =>
    replaced === null && record?.entry.kind === kind
      ? [record.entry as Extract<ChronicleRecord["entry"], { kind: K }>]
      : [],
  );
}

export function mirrorsOf(chronicle: readonly Chronicled[]): MirrorEntry[] {
  return inForce(chronicle, "mirror");
}

export function translationsOf(chronicle: readonly Chronicled[]): TranslationEntry[] {
  return inForce(chronicle, "translation");
}

export function topicsOf(chronicle: readonly Chronicled[]): readonly string[] {
  return inForce(chronicle, "topics").at(-1)?.topics ?? [];
}
