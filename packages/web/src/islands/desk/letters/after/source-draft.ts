/** A source as it is typed, and what of it does not fit yet, in words. */
import { checkText, isDay, type Source, sourceShape } from "@undersigned/core";
import { say } from "../../../say.ts";

export interface SourceDraft {
  readonly title: string;
  readonly publisher: string;
  /** Empty: it bears none. */
  readonly day: string;
  readonly url: string;
  readonly quote: string;
  readonly copy: string | null;
}

export const EMPTY_SOURCE: SourceDraft = {
  title: "",
  publisher: "",
  day: "",
  url: "",
  quote: "",
  copy: null,
};

export type SourceErrors = { readonly [F in keyof SourceDraft]?: string };

export type CheckedSource =
  | { readonly source: Source; readonly errors: null }
  | { readonly source: null; readonly errors: SourceErrors };

export function draftOfSource({ day, ...source }: Source): SourceDraft {
  return { ...source, day: day ?? "" };
}

export function isUntouched(draft: SourceDraft): boolean {
  return draft.copy === null && Object.values(draft).every((text) => text === null || text.trim() === "");
}

export function checkSource(draft: SourceDraft): CheckedSource {
  const source = {
    title: plainText(draft.title),
    publisher: plainText(draft.publisher),
    day: draft.day === "" ? null : draft.day,
    url: draft.url.trim(),
    quote: plainText(draft.quote),
    copy: draft.copy,
  };
  const errors: Record<string, string> = {};
  if (source.title === "") errors.title = say("desk.say-what-it-is-called");
  else if (checkText(source.title, 1, 300, false) !== null) errors.title = textProblem(source.title);
  if (source.publisher === "") errors.publisher = say("desk.say-who-has-published-it");
  else if (checkText(source.publisher, 1, 200, false) !== null)
    errors.publisher = textProblem(source.publisher);
  if (source.day !== null && !isDay(source.day)) errors.day = say("desk.choose-a-day-or-leave");
  if (!isAddress(source.url)) errors.url = say("desk.give-the-address-from-https");
  if (checkText(source.quote, 0, 2000, true) !== null) errors.quote = textProblem(source.quote);
  if (Object.keys(errors).length > 0) return { source: null, errors };
  return { source: sourceShape.check(source, ""), errors: null };
}

/** As texts are kept: composed, without space around, with line feeds alone. */
export function plainText(typed: string): string {
  return typed.replace(/\r\n?/g, "\n").normalize("NFC").trim();
}

/** One line: what is pasted may have several. */
export function lineOf(typed: string): string {
  return plainText(typed).replace(/\s*\n\s*/g, " ");
}

export type CheckedText =
  | { readonly text: string; readonly error: null }
  | { readonly text: null; readonly error: string };

/** A text of several lines with at most `most` characters; `missing` is what is said of an empty one. */
export function checkLines(typed: string, most: number, missing: string): CheckedText {
  const text = plainText(typed);
  if (text === "") return { text: null, error: missing };
  const fitting = checkText(text, 1, most, true) === null;
  return fitting ? { text, error: null } : { text: null, error: textProblem(text) };
}

/** Why a text of a record does not fit that is not empty: too long, or what nobody sees is in it. */
export function textProblem(text: string): string {
  return checkText(text, 0, 1_000_000, true) !== null
    ? say("desk.it-holds-characters-that-nobody")
    : say("desk.it-is-too-long-make");
}

function isAddress(url: string): boolean {
  try {
    sourceShape.check({ title: "a", publisher: "a", day: null, url, quote: "", copy: null }, "");
    return true;
  } catch {
    return false;
  }
}
