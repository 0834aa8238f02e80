/**
 * Letters as they stand in mailboxes (decision 15). A closed table: whatever is not in it is no letter of a confirmed
 * name. Some letters have two spellings; nothing else about folding is a choice.
 */

/** Latin letters that do not decompose, small. */
const UNDECOMPOSED = new Map([
  ["ß", ["ss"]],
  ["æ", ["ae"]],
  ["œ", ["oe"]],
  ["ø", ["o", "oe"]],
  ["ð", ["d"]],
  ["đ", ["d", "dj"]],
  ["þ", ["th"]],
  ["ł", ["l"]],
  ["ħ", ["h"]],
  ["ı", ["i"]],
]);

/** An ASCII letter under the marks that European and Vietnamese spelling uses: grave to ogonek. */
const MARKED = /^[a-z][\u0300-\u0328]*$/;

/**
 * The spellings in small ASCII letters of one code point of NFC text; none where it is no letter of the table. A lone
 * combining mark is none: so a letter has the marks that Unicode has composed it with, and no others.
 */
export function foldLetter(letter: string): readonly string[] {
  if (/^[A-Za-z]$/.test(letter)) return [letter.toLowerCase()];
  const small = letter.normalize("NFD").toLowerCase();
  if (!MARKED.test(small)) return UNDECOMPOSED.get(small) ?? [];
  const base = small.charAt(0);
  if (/[aou]\u0308$/.test(small)) return [base, `${base}e`];
  return small === "a\u030a" ? [base, "aa"] : [base];
}

/** What a word of a name has between and after its letters may be in a mailbox; the full stop is an initial's. */
const SIGNS: Readonly<Record<string, readonly string[]>> = { "-": ["", "-"], "'": ["", "-", "'"], ".": [""] };

/** For each character of a name, in order, what it may be in a mailbox. */
export type Spellings = readonly (readonly string[])[];

/** A word of a name: in ASCII by the first spelling of each letter, with its capitals and signs, and by all spellings. */
export type Word = { readonly ascii: string; readonly spellings: Spellings };

/** Reads a word of NFC text; null where a character is neither a letter of the table nor one of - ' and the full stop. */
export function readWord(text: string): Word | null {
  let ascii = "";
  const spellings: (readonly string[])[] = [];
  for (const letter of text) {
    const sign = SIGNS[letter];
    const spelling = sign === undefined ? foldLetter(letter) : sign;
    const [first] = spelling;
    if (first === undefined) return null;
    const capital = letter !== letter.toLowerCase();
    if (sign !== undefined) ascii += letter;
    else ascii += capital ? first.charAt(0).toUpperCase() + first.slice(1) : first;
    spellings.push(spelling);
  }
  return { ascii, spellings };
}
