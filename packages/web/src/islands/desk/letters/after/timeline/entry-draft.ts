/** An entry of the chronicle as it is typed, of any kind, and what of it does not fit yet, in words. */
import {
  type ChronicleEntry,
  type ChronicleKind,
  type ChronicleRecord,
  canHaveHappened,
  checkText,
  type Day,
  isDay,
  type LetterManifest,
  mirrorEntry,
} from "@undersigned/core";
import { letterPage } from "../../../../../shared/addresses.ts";
import { say } from "../../../../say.ts";
import { amountOf } from "../amount.ts";
import { commonOf, type OfLetter } from "../new-record.ts";
import {
  checkLines,
  checkSource,
  draftOfSource,
  EMPTY_SOURCE,
  isUntouched,
  lineOf,
  type SourceDraft,
  type SourceErrors,
  textProblem,
} from "../source-draft.ts";
import { checkTranslation, type Texts, textsOf } from "./translation-draft.ts";

/** Kinds that somebody writes; a removal has a form of its own. */
export type WrittenKind = Exclude<ChronicleKind, "removal">;
type Told = Extract<ChronicleEntry, { readonly kind: WrittenKind }>;

export const WRITTEN_KINDS = [
  "report",
  "statement",
  "remark",
  "figure",
  "elsewhere",
  "translation",
  "mirror",
  "topics",
] as const satisfies readonly WrittenKind[];

export interface EntryDraft {
  readonly kind: WrittenKind | "";
  /** Empty until it is chosen; asked only of what happened on a day of its own. */
  readonly on: string;
  readonly text: string;
  readonly what: string;
  readonly value: string;
  readonly unit: string;
  readonly title: string;
  readonly organisation: string;
  /** Address of the page of a letter elsewhere; empty where it has none that can be recounted. */
  readonly follows: string;
  readonly url: string;
  /** One on each line. */
  readonly topics: string;
  readonly language: string;
  readonly texts: Texts;
  readonly source: SourceDraft;
}

export const EMPTY_ENTRY: EntryDraft = {
  kind: "",
  on: "",
  text: "",
  what: "",
  value: "",
  unit: "",
  title: "",
  organisation: "",
  follows: "",
  url: "",
  topics: "",
  language: "",
  texts: {},
  source: EMPTY_SOURCE,
};

/** Whether it tells of a day: what is there from the day on which it is entered is not asked for one. */
export function hasDay(kind: WrittenKind): boolean {
  return kind !== "mirror" && kind !== "topics" && kind !== "translation";
}

export function hasSource(kind: WrittenKind): boolean {
  return hasDay(kind);
}

/** To correct what stands in the log. */
export function draftOfEntry({ on, entry }: ChronicleRecord): EntryDraft {
  if (entry.kind === "removal") return EMPTY_ENTRY;
  const draft = { ...EMPTY_ENTRY, kind: entry.kind, on };
  switch (entry.kind) {
    case "report":
    case "statement":
      return { ...draft, text: entry.text, source: draftOfSource(entry.source) };
    case "remark":
      return {
        ...draft,
        text: entry.text,
        source: entry.source === null ? EMPTY_SOURCE : draftOfSource(entry.source),
      };
    case "figure": {
      const { what, value, unit, source } = entry;
      return { ...draft, what, value, unit: unit ?? "", source: draftOfSource(source) };
    }
    case "elsewhere": {
      const { title, organisation, source, follows } = entry;
      const page = follows === null ? "" : letterPage(follows.workforce, follows.letter);
      return { ...draft, title, organisation, follows: page, source: draftOfSource(source) };
    }
    case "mirror":
      return { ...draft, url: entry.url };
    case "topics":
      return { ...draft, topics: entry.topics.join("\n") };
    case "translation":
      return { ...draft, language: entry.language, texts: textsOf(entry) };
  }
}

export type TextName =
  | "text"
  | "what"
  | "value"
  | "unit"
  | "title"
  | "organisation"
  | "follows"
  | "url"
  | "topics"
  | "language";

export type EntryErrors = { readonly [F in TextName | "kind" | "on"]?: string } & {
  readonly source?: SourceErrors;
  /** By the part of the letter. */
  readonly texts?: Texts;
};

export type CheckedEntry =
  | { readonly told: Told; readonly on: Day; readonly errors: null }
  | { readonly told: null; readonly on: null; readonly errors: EntryErrors };

type Errors = { -readonly [F in keyof EntryErrors]: EntryErrors[F] };

/** `today`: the board's day. */
export function checkEntry(draft: EntryDraft, manifest: LetterManifest, today: Day): CheckedEntry {
  const errors: Errors = {};
  const { kind } = draft;
  if (kind === "") return { told: null, on: null, errors: { kind: say("desk-timeline.choose-a-kind") } };
  const on = hasDay(kind) ? draft.on : today;
  if (!isDay(on)) errors.on = say("desk-timeline.choose-the-day");
  else if (!canHaveHappened(on, today)) errors.on = say("desk-timeline.that-day-is-to-come");
  const told = toldOf(kind, draft, manifest, errors);
  if (told === null || Object.keys(errors).length > 0) return { told: null, on: null, errors };
  return { told, on, errors: null };
}

/** Null where something of it does not fit: then `errors` says what. */
function toldOf(kind: WrittenKind, draft: EntryDraft, manifest: LetterManifest, errors: Errors): Told | null {
  const line = (name: "what" | "title" | "organisation", most: number): string => {
    const text = lineOf(draft[name]);
    if (text === "") errors[name] = say("desk-timeline.this-is-missing");
    else if (checkText(text, 1, most, false) !== null) errors[name] = textProblem(text);
    return text;
  };
  const told = (): string => {
    const { text, error } = checkLines(draft.text, 2000, say("desk-timeline.say-what-it-is"));
    if (error !== null) errors.text = error;
    return text ?? "";
  };
  const source = () => {
    const checked = checkSource(draft.source);
    if (checked.errors !== null) errors.source = checked.errors;
    return checked.source;
  };
  switch (kind) {
    case "report":
    case "statement": {
      const text = told();
      const from = source();
      return from === null ? null : { kind, text, source: from };
    }
    case "remark":
      return { kind, text: told(), source: isUntouched(draft.source) ? null : source() };
    case "figure": {
      const what = line("what", 200);
      const value = amountOf(draft.value);
      if (value === null) errors.value = say("desk-timeline.write-it-in-digits");
      const unit = lineOf(draft.unit);
      if (checkText(unit, 0, 40, false) !== null) errors.unit = textProblem(unit);
      const from = source();
      if (value === null || from === null) return null;
      return { kind, what, value, unit: unit === "" ? null : unit, source: from };
    }
    case "elsewhere": {
      const title = line("title", 200);
      const organisation = line("organisation", 200);
      const follows = followed(draft.follows);
      if (follows === undefined) errors.follows = say("desk-timeline.no-address-of-a-letter");
      const from = source();
      return from === null || follows === undefined
        ? null
        : { kind, title, organisation, source: from, follows };
    }
    case "mirror":
      try {
        return mirrorEntry.check({ kind, url: draft.url.trim().replace(/\/+$/, "") }, "");
      } catch {
        errors.url = say("desk-timeline.give-the-mirrors-address");
        return null;
      }
    case "topics": {
      const typed = draft.topics.split("\n").map(lineOf);
      const topics = [...new Set(typed.filter((topic) => topic !== ""))].sort();
      const unfit = topics.find((topic) => checkText(topic, 1, 60, false) !== null);
      if (topics.length === 0 || topics.length > 10) errors.topics = say("desk-timeline.one-to-ten-topics");
      else if (unfit !== undefined) errors.topics = textProblem(unfit);
      return { kind, topics };
    }
    case "translation": {
      const checked = checkTranslation(draft.language, draft.texts, manifest);
      Object.assign(errors, checked.errors);
      return checked.translation;
    }
  }
}

const PAGE = /\/w\/([A-Za-z0-9_-]{43})\/letters\/([A-Za-z0-9_-]{43})(?:[/?#].*)?$/;

/** Undefined where something is typed that leads to no letter. */
function followed(typed: string): { readonly workforce: string; readonly letter: string } | null | undefined {
  if (typed.trim() === "") return null;
  const [, workforce, letter] = PAGE.exec(typed.trim()) ?? [];
  return workforce === undefined || letter === undefined ? undefined : { workforce, letter };
}

/** `replaces`: the hash of the record that it corrects or takes back; null for one that is new. */
export function entryRecord(
  of: OfLetter,
  on: Day,
  entry: ChronicleEntry,
  replaces: string | null,
): ChronicleRecord {
  return { type: "chronicle-record", ...commonOf(of), on, replaces, entry };
}
