/**
 * How hard a text is to read: LIX (Björnsson 1968), words a sentence plus the share of words of more than six letters. It
 * needs no dictionary, so that it says something of every language that sets its words apart.
 */

export interface ReadingLevel {
  readonly words: number;
  readonly sentences: number;
  /** Whole minutes at 220 words a minute, at least 1. */
  readonly minutes: number;
  /** LIX, rounded. */
  readonly score: number;
  /** Under 40 easy, as a newspaper for all; under 50 plain; from 50 on hard, as a law. */
  readonly level: "easy" | "plain" | "hard";
}

/** Written without spaces between words, so that words cannot be counted this way. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/gu;
const UNSPACED_LANGUAGES = ["zh", "ja", "th", "lo", "km", "my", "bo", "yue", "wuu", "dz"];

const WORD = /[\p{L}\p{M}\p{N}]+(?:(?:['’-]|\u200c|\u200d)[\p{L}\p{M}\p{N}]+)*/gu;
/** Stops of the scripts that have some, then white space or the end; a line of its own is a sentence too. */
const STOP = /[.!?…:؟۔।॥።]+["'”’»)\]]*(?=\s|$)|\n/gu;

/** `text` is Markdown; `language` a tag of BCP 47. Null where words are not set apart, or there are none. */
export function readingLevel(text: string, language: string): ReadingLevel | null {
  const [primary = ""] = language.toLowerCase().split("-");
  const plain = withoutMarks(text);
  const words = plain.match(WORD) ?? [];
  if (words.length === 0 || UNSPACED_LANGUAGES.includes(primary)) return null;
  if ((plain.match(UNSPACED) ?? []).length * 2 > words.join("").length) return null;
  const sentences = Math.max(1, plain.split(STOP).filter((part) => /[\p{L}\p{N}]/u.test(part)).length);
  const long = words.filter((word) => [...word.matchAll(/\p{L}/gu)].length > 6).length;
  const score = Math.round(words.length / sentences + (100 * long) / words.length);
  const level = score < 40 ? "easy" : score < 50 ? "plain" : "hard";
  return {
    words: words.length,
    sentences,
    minutes: Math.max(1, Math.round(words.length / 220)),
    score,
    level,
  };
}

/** Addresses of links are not read, nor marks; lines that only a narrow window broke are one. */
function withoutMarks(text: string): string {
  return text
    .replace(/https?:\/\/[^\s)>]+/giu, " ")
    .replace(/\r\n?/g, "\n")
    .replace(/^[ \t]*(?:#{1,6}|[-*+>]|\d{1,3}[.)])[ \t]+/gmu, "\n")
    .replace(/([^\n])\n(?!\n)/g, "$1 ")
    .replace(/[*_`#|[\]()<>~]/g, " ");
}
