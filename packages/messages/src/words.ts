/**
 * Sentences as data. What somebody else wrote (a name, a source) and days are marked, so that pages isolate the direction of
 * the one and give the other its `<time>`; what a page has made of a part of a sentence (a link) goes through untouched.
 */
import type { Day } from "@undersigned/core";

export interface Foreign {
  readonly foreign: string;
}
export interface DayText {
  readonly day: Day;
  readonly text: string;
}
/** Whatever a tag's function has returned. */
export interface Made {
  readonly made: unknown;
}
export type Word = string | Foreign | DayText | Made;
export type Words = readonly Word[];

/** Marks text that a manifest or a signatory supplied. */
export function foreign(text: string): Foreign {
  return { foreign: text };
}

/** As text alone. Throws on what only a page can show. */
export function plain(words: Words): string {
  return words.map(plainWord).join("");
}

export function plainWord(word: Word): string {
  if (typeof word === "string") return word;
  if ("foreign" in word) return word.foreign;
  if ("day" in word) return word.text;
  throw new TypeError("A sentence with links in it is no plain text.");
}
