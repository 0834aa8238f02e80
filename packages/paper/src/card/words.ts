/** What card and badge say, made ready for a template: each text in the faces that it needs, in pieces where it may be cut. */
import type { Faces } from "../fonts/text-faces.ts";
import { breakable } from "../text/breakable.ts";
import { isRightToLeft } from "../text/direction.ts";
import { piecesOf } from "./cutting.ts";

export interface CountWords {
  readonly title: string;
  /** BCP 47, of the title. */
  readonly titleLanguage: string;
  /** `1,234`; null as long as there is no number, and `unit` says so. */
  readonly count: string | null;
  /** `signatories`, as it goes with the number. */
  readonly unit: string;
  /** BCP 47, of all but the title; and its direction. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
}

/** What a line holds at least, so many times the size of its letters: longer words may break. */
export const LINE_EMS = 11;

const LANGUAGE = /^[a-z]{2,3}(?=-|$)/i;

export function countInputs(words: CountWords, faces: Faces): Record<string, string> {
  const { title, titleLanguage, count, unit, language, direction } = words;
  const shown = faces.take(inOneLine(title), titleLanguage);
  const said = faces.take(inOneLine(unit), language);
  const number = faces.take(inOneLine(count ?? ""), language);
  return {
    title: JSON.stringify(piecesOf(breakable(shown.text, LINE_EMS))),
    titleLanguage: tag(titleLanguage),
    titleRtl: isRightToLeft(title) ? "yes" : "no",
    titleFamilies: JSON.stringify(faces.families(shown.face)),
    count: number.text,
    unit: JSON.stringify(piecesOf(breakable(said.text, LINE_EMS))),
    language: tag(language),
    rtl: direction === "rtl" ? "yes" : "no",
    families: JSON.stringify(faces.families(said.face)),
  };
}

export function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function tag(language: string): string {
  return LANGUAGE.exec(language)?.[0].toLowerCase() ?? "en";
}
