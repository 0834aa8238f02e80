/** What happened, in sentences: for pages and feeds alike. */
import type { ChronicleEntry, Day, Source } from "@undersigned/core";
import { foreign, plain, type Say, type Words } from "@undersigned/messages";
import { decimalIn } from "../../shared/words/dealings.ts";
import type { Chronicled } from "../followed/chronicle.ts";
import type { Happening, TimelineEvent } from "../followed/timeline.ts";

/** One sentence, or a heading for what organisers tell. */
export function headWords(say: Say, what: Happening, from: Day): Words {
  switch (what.kind) {
    case "opens":
      return [say("followed.opens")];
    case "replaces":
    case "replaced":
      return say.rich(`followed.${what.kind}`, {
        letter: what.title === null ? say("followed.untitled") : foreign(what.title),
      });
    case "early":
      return say.rich("followed.early", { count: what.organisers, closes: say.day(what.closes) });
    case "first":
      return [say("followed.first", { count: what.count })];
    case "more":
      return moreWords(say, what, from);
    case "closed":
      return [
        what.outcome === "closed" ? say("followed.closed", { count: what.count }) : say("followed.too-few"),
      ];
    case "delivered":
      return [say("followed.delivered", { how: what.how })];
    case "answer":
      return [say(`followed.answer-${what.answer.kind}`)];
    case "judged":
      return say.rich("followed.judged", {
        count: what.by,
        demand: foreign(what.title),
        state: what.record.state,
        until: what.record.until === null ? "" : say.day(what.record.until),
      });
    case "promise-passed":
      return say.rich("followed.promise-passed", { demand: foreign(what.title) });
    case "dealings":
      return [say("followed.dealings", { changed: what.changed, rows: what.rows })];
    case "told":
      return toldWords(say, what.entry);
  }
}

function moreWords(say: Say, what: Extract<Happening, { kind: "more" }>, from: Day): Words {
  const { until, change, count } = what;
  if (until === from)
    return [change < 0 ? say("followed.fewer", { count }) : say("followed.more", { change, count })];
  const last = say.day(until);
  return change < 0
    ? say.rich("followed.fewer-until", { until: last, count })
    : say.rich("followed.more-until", { until: last, change, count });
}

function toldWords(say: Say, { record }: Chronicled): Words {
  if (record === null) return [say("followed.told-withheld")];
  const { entry } = record;
  switch (entry.kind) {
    case "figure": {
      const what = foreign(entry.what);
      const value = decimalIn(say, entry.value);
      return entry.unit === null
        ? say.rich("followed.figure-plain", { what, value })
        : say.rich("followed.figure-unit", { what, value, unit: foreign(entry.unit) });
    }
    case "translation":
      return say.rich("followed.translation-into", {
        language: languageName(say, entry.language),
        title: foreign(entry.title),
      });
    default:
      return [say(`followed.${entry.kind}`)];
  }
}

/** What somebody has written; null where there is nothing but the sentence. */
export function toldText(what: Happening): string | null {
  if (what.kind === "answer") return what.answer.kind === "withheld" ? null : what.answer.record.text;
  if (what.kind === "judged") return what.record.reason;
  return what.kind === "told" && what.entry.record !== null ? textOf(what.entry.record.entry) : null;
}

function textOf(entry: ChronicleEntry): string | null {
  switch (entry.kind) {
    case "report":
    case "remark":
    case "statement":
      return entry.text;
    case "elsewhere":
      return `${entry.title}\n${entry.organisation}`;
    case "mirror":
      return entry.url;
    case "topics":
      return entry.topics.join("\n");
    case "removal":
      return entry.reason;
    case "figure":
    case "translation":
      return null;
  }
}

export function sourceOf(what: Happening): Source | null {
  if (what.kind === "answer") return what.answer.kind === "statement" ? what.answer.record.source : null;
  if (what.kind === "judged") return what.record.source;
  const entry = what.kind === "told" ? what.entry.record?.entry : undefined;
  return entry !== undefined && "source" in entry ? entry.source : null;
}

/** That it was entered later, corrected or taken back; one sentence each. */
export function notesOf(say: Say, { day, what }: TimelineEvent): Words[] {
  if (what.kind !== "told") return [];
  const { day: entered, replaced } = what.entry;
  const notes: Words[] = [];
  if (entered !== day) notes.push(say.rich("followed.entered", { day: say.day(entered) }));
  if (replaced !== null)
    notes.push(
      say.rich(replaced.removed ? "followed.taken-back" : "followed.corrected", {
        day: say.day(replaced.day),
      }),
    );
  return notes;
}

/** For feeds: text alone. */
export function eventWords(
  say: Say,
  { day, what }: TimelineEvent,
): { readonly title: string; readonly summary: string | null } {
  return { title: plain(headWords(say, what, day)), summary: toldText(what) };
}

/** In the page's language; the tag itself for one that has no name there. */
export function languageName(say: Say, tag: string): string {
  try {
    return new Intl.DisplayNames(say.language, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
