/** How the entries of a letter's chronicle follow one another, and which of them a new one may replace (PROTOCOL §4 rule 14). */
import {
  type ChronicleRecord,
  type EntryPlace,
  placeOf,
  type WithheldRecord,
  whatIsWrongWithPlace,
} from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { say } from "../../../../say.ts";
import { languageName } from "./translation-draft.ts";

export type Entry = FurtherView["chronicle"][number];
type Chronicle = FurtherView["chronicle"];

/** Whether it can be corrected or taken back. */
export function isInForce({ leaf, replacedBy }: Entry): boolean {
  return replacedBy === null && leaf.kind !== "removal";
}

/** The entry that has taken the place of this one. */
export function replacementOf(entry: Entry, chronicle: Chronicle): Entry | null {
  return chronicle.find(({ index }) => index === entry.replacedBy) ?? null;
}

/** By records' hashes. */
function placesInForce(chronicle: Chronicle): Map<string, EntryPlace> {
  return new Map(
    chronicle
      .filter(isInForce)
      .map(({ leaf, record }) => [
        leaf.record,
        record !== null
          ? placeOf(record.entry)
          : { kind: leaf.kind, language: leaf.kind === "translation" ? undefined : null },
      ]),
  );
}

/** Whether something came before it into the log that has its place now, or what it replaces is gone. */
export function isBehind({ entry, replaces }: ChronicleRecord, chronicle: Chronicle): boolean {
  return whatIsWrongWithPlace({ ...placeOf(entry), replaces }, placesInForce(chronicle)) !== null;
}

/** As `the report of 3 May 2026`, to tell entries apart for somebody who hears their buttons alone. */
export function entryName({ leaf, record }: Entry): string {
  return say("desk-timeline.which", { kind: leaf.kind, day: say.day(record?.on ?? leaf.day) });
}

export function kindWords(record: Pick<ChronicleRecord, "entry">): string {
  const { entry } = record;
  return entry.kind === "translation"
    ? say("desk-timeline.translation-into", { language: languageName(entry.language) })
    : say(`desk-timeline.kind.${entry.kind}`);
}

export function withheldWords({ day, reason }: Pick<WithheldRecord, "day" | "reason">): string {
  return say("desk-timeline.withheld-on", { day: say.day(day), reason: reason.split("-")[0] ?? "" });
}
