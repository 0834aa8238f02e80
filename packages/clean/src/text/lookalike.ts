/**
 * Letters of one script inside a word of another: the oldest watermark. A word is judged by the script that most of its
 * letters have; a whole word of lookalikes only where the text has no other word of that script.
 */
import { FROM_LATIN, OTHER_SCRIPTS, type OtherScript, TO_LATIN } from "../lookalikes.ts";
import type { Mending } from "./finding.ts";

const WORD = /[\p{L}\p{M}]+/gu;
const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;
const ASCII = /^[A-Za-z]$/;
const BY_SCRIPT = OTHER_SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, "u")] as const);

/** Greek letters that physics and mathematics put beside a Latin one. */
const FIGURE = /[αγιρσυνΝΜΤΗΕ]/u;

export const WORDS = {
  foreign:
    "A letter of another alphabet that looks like the usual one: it can mark whose copy of a text this is.",
  styled: "A letter in a form of its own that looks like the usual one: it can mark whose copy this is.",
  sign: "A sign that looks like a usual one and is another: it can mark whose copy of a text this is.",
} as const;

/** Signs that nobody types and that look like one that everybody does. U+037E is Greek's own question mark. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["\u037e", ";"],
  ["\u2010", "-"],
  ["\u2024", "."],
  ["\ua789", ":"],
  ["\uff0e", "."],
]);
const SIGN_PATTERN = /[\u037e\u2010\u2024\ua789\uff0e]/gu;

/** Forms of a letter for other uses: full width, mathematics, Roman figures, script g and a of phonetics. */
const FORMS = /[\uff21-\uff3a\uff41-\uff5a\u2170-\u217f\u2160-\u216f\u{1d400}-\u{1d6a3}\u0251\u0261]/u;

export function findLookalikes(text: string): Mending[] {
  const found: Mending[] = [];
  const words = Array.from(text.matchAll(WORD), (match) => ({ start: match.index, letters: [...match[0]] }));
  const marked = words.filter(({ letters }) => letters.some((one) => !ASCII.test(one)));
  const own = new Set(marked.flatMap(({ letters }) => scriptsOfTheirOwn(letters)));
  const hasLatin = words.some(({ letters }) => letters.every((one) => !LETTER.test(one) || LATIN.test(one)));
  for (const { start, letters } of marked) {
    let at = start;
    const instead = mend(letters, own, hasLatin);
    letters.forEach((letter, i) => {
      const other = instead[i];
      const end = at + letter.length;
      if (other !== undefined && other !== letter) {
        const words = FORMS.test(letter) ? WORDS.styled : WORDS.foreign;
        found.push({ kind: "lookalike", start: at, end, words, instead: other });
      }
      at = end;
    });
  }
  for (const match of text.matchAll(SIGN_PATTERN)) {
    const [sign] = match;
    if (sign === "\u037e" && own.has("Greek")) continue;
    if (sign === "\uff0e" && !/[A-Za-z]/.test(text.slice(Math.max(0, match.index - 1), match.index)))
      continue;
    const end = match.index + sign.length;
    found.push({
      kind: "lookalike",
      start: match.index,
      end,
      words: WORDS.sign,
      instead: SIGNS.get(sign) as string,
    });
  }
  return found;
}

/** Scripts of which the word has a letter that looks like no Latin one. */
function scriptsOfTheirOwn(letters: readonly string[]): OtherScript[] {
  return BY_SCRIPT.filter(([name, is]) =>
    letters.some((one) => is.test(one) && !TO_LATIN[name].has(one)),
  ).map(([name]) => name);
}

/** The word's letters as they should be. */
function mend(letters: readonly string[], own: ReadonlySet<OtherScript>, hasLatin: boolean): string[] {
  const latin = letters.filter((one) => LATIN.test(one) && !FORMS.test(one));
  const out = latin.length === 0 ? [...letters] : letters.map(plainForm);
  for (const [name, is] of BY_SCRIPT) {
    const theirs = letters.filter((one) => is.test(one));
    if (theirs.length === 0) continue;
    // One letter that looks like no Latin one, and the word is a mixture on purpose: a unit, a name with an ending.
    const isSeeming = theirs.every((one) => TO_LATIN[name].has(one));
    const couldBeTheirs = latin.every((one) => FROM_LATIN[name].has(one));
    const isWord =
      letters.length > 2 || (hasLatin && !own.has(name) && !theirs.some((one) => FIGURE.test(one)));
    const isMixed = latin.length > 0 && isWord;
    if (isMixed && latin.length >= theirs.length && isSeeming) replace(out, TO_LATIN[name]);
    else if (isMixed && latin.length < theirs.length && couldBeTheirs) replace(out, FROM_LATIN[name]);
    else if (isMixed && isSeeming) replace(out, TO_LATIN[name]);
    else if (isDisguise(name, letters) && isSeeming && hasLatin && !own.has(name))
      replace(out, TO_LATIN[name]);
  }
  return out;
}

function replace(letters: string[], by: ReadonlyMap<string, string>): void {
  letters.forEach((letter, i) => {
    letters[i] = by.get(letter) ?? letter;
  });
}

function plainForm(letter: string): string {
  if (letter === "\u0251") return "a";
  if (letter === "\u0261") return "g";
  return FORMS.test(letter) ? letter.normalize("NFKC") : letter;
}

/** A whole word of one script; a lone Greek letter is a figure of mathematics. */
function isDisguise(name: OtherScript, letters: readonly string[]): boolean {
  return letters.every((one) => TO_LATIN[name].has(one)) && !(name === "Greek" && letters.length === 1);
}
