/** A translation of a letter as it is typed: one text for each part of the manifest, which is the binding text. */
import {
  checkText,
  type LetterManifest,
  languageKey,
  languageTag,
  type TranslationEntry,
} from "@undersigned/core";
import { say } from "../../../../say.ts";
import { lineOf, plainText, textProblem } from "../source-draft.ts";

/** By `title`, `body`, `supplement`, `claim.<id>`, and `demand.<id>.` with `title`, `text` or `met`. */
export type Texts = Readonly<Record<string, string>>;

export interface LetterPart {
  readonly name: string;
  /** Which sentence names it; `number` counts demands and claims from 1. */
  readonly label: "title" | "body" | "demand-title" | "demand-text" | "demand-met" | "supplement" | "claim";
  readonly number: number;
  /** What the letter says there. */
  readonly binding: string;
  readonly most: number;
  /** Rows of its field; 1: no line breaks in it. */
  readonly rows: number;
}

/** All parts of a letter that are translated, in its order. */
export function partsOf({ title, body, demands, supplement }: LetterManifest): LetterPart[] {
  const part = (
    name: string,
    label: LetterPart["label"],
    binding: string,
    most: number,
    rows: number,
    number = 0,
  ) => ({ name, label, number, binding, most, rows });
  return [
    part("title", "title", title, 200, 1),
    part("body", "body", body, 100_000, 16),
    ...demands.flatMap(({ id, ...demand }, i) => [
      part(`demand.${id}.title`, "demand-title", demand.title, 200, 1, i + 1),
      part(`demand.${id}.text`, "demand-text", demand.text, 5000, 5, i + 1),
      part(`demand.${id}.met`, "demand-met", demand.met, 2000, 3, i + 1),
    ]),
    ...(supplement === null
      ? []
      : [
          part("supplement", "supplement", supplement.title, 200, 1),
          ...supplement.claims.map(({ id, text }, i) => part(`claim.${id}`, "claim", text, 5000, 5, i + 1)),
        ]),
  ];
}

export function textsOf({ title, body, demands, supplement }: TranslationEntry): Texts {
  const texts: Record<string, string> = { title, body };
  for (const { id, ...demand } of demands)
    for (const [field, text] of Object.entries(demand)) texts[`demand.${id}.${field}`] = text;
  if (supplement !== null) {
    texts.supplement = supplement.title;
    for (const { id, text } of supplement.claims) texts[`claim.${id}`] = text;
  }
  return texts;
}

export interface CheckedTranslation {
  /** Null where there are errors. */
  readonly translation: TranslationEntry | null;
  readonly errors: { readonly language?: string; readonly texts?: Texts };
}

export function checkTranslation(
  typedLanguage: string,
  texts: Texts,
  manifest: LetterManifest,
): CheckedTranslation {
  const language = typedLanguage.trim();
  const wrong: Record<string, string> = {};
  const plain: Record<string, string> = {};
  for (const { name, most, rows } of partsOf(manifest)) {
    const text = (rows === 1 ? lineOf : plainText)(texts[name] ?? "");
    plain[name] = text;
    if (text === "") wrong[name] = say("desk-timeline.translate-this-part");
    else if (checkText(text, 1, most, rows > 1) !== null) wrong[name] = textProblem(text);
  }
  const of = languageProblem(language, manifest);
  if (of !== null || Object.keys(wrong).length > 0) {
    return {
      translation: null,
      errors: {
        ...(of === null ? {} : { language: of }),
        ...(Object.keys(wrong).length === 0 ? {} : { texts: wrong }),
      },
    };
  }
  const at = (name: string) => plain[name] ?? "";
  const translation: TranslationEntry = {
    kind: "translation",
    language,
    title: at("title"),
    body: at("body"),
    demands: manifest.demands.map(({ id }) => ({
      id,
      title: at(`demand.${id}.title`),
      text: at(`demand.${id}.text`),
      met: at(`demand.${id}.met`),
    })),
    supplement:
      manifest.supplement === null
        ? null
        : {
            title: at("supplement"),
            claims: manifest.supplement.claims.map(({ id }) => ({ id, text: at(`claim.${id}`) })),
          },
  };
  return { translation, errors: {} };
}

function languageProblem(language: string, manifest: LetterManifest): string | null {
  if (!isLanguageTag(language)) return say("desk-timeline.give-the-language");
  return languageKey(language) === languageKey(manifest.language)
    ? say("desk-timeline.that-is-the-letters-language")
    : null;
}

export function isLanguageTag(tag: string): boolean {
  try {
    languageTag.check(tag, "");
    // Browsers refuse some that the format takes, and would show none of it rightly.
    return new Intl.Locale(tag).language !== "";
  } catch {
    return false;
  }
}

/** In the page's language; the tag itself where it has no name there. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(say.language, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
