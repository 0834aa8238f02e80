/**
 * Characters that nobody sees: a text that is handed to each person with others of them tells who passed it on. Found is
 * whatever Unicode calls ignorable or a format character, and every space but the usual one, save where a script, an
 * emoji or a typographer's rule needs it there. What carries a watermark in such a place too cannot be told from spelling.
 */
import type { Mending } from "./finding.ts";
import { EAST_ASIAN, JOINS, RIGHT_TO_LEFT } from "./scripts.ts";

/** What is looked at more closely. U+0000 to U+001F but for tab and line end; lone surrogates; U+FFF9 to U+FFFB are Cf. */
const SUSPECTS =
  /(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Cc}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u{e0000}-\u{e0fff}]/gu;

/** Format characters that one sees: signs that enclose a number, and the joiners of hieroglyphs. */
const VISIBLE_FORMAT = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/u;

/** Flags of England, Scotland and Wales: the only sequences of tag characters that are in use. */
const FLAG =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;

/** White space before a line end in which words can be hidden; Markdown needs two plain spaces there. Looking behind keeps this linear. */
const TRAILING = /(?<![ \t])[ \t]+(?=\r?\n|$)/g;

export const WORDS = {
  unseen: "A character that nobody sees: it can mark whose copy of a text this is.",
  direction: "A sign that turns the direction of writing: it can hide or reorder words.",
  selector:
    "A sign that picks the look of a character that has one look only: such signs can carry a hidden text.",
  tag: "Characters of a hidden alphabet: nobody sees them, and they can spell out a name.",
  hyphen: "A hidden hyphen, left over from another program.",
  space: "A space of an unusual width: it looks like any other and can mark whose copy this is.",
  line: "An unusual sign for the end of a line.",
  broken: "Half a character, which no program can show.",
  trailing: "Spaces or tabs at the end of a line: nobody sees them, and they can carry a hidden text.",
} as const;

export function findInvisible(text: string): Mending[] {
  const found: Mending[] = [];
  const flags = ranges(text, FLAG);
  let flag = 0;
  for (const match of text.matchAll(SUSPECTS)) {
    const [character] = match;
    const start = match.index;
    const end = start + character.length;
    while (flag < flags.length && flags[flag]!.end <= start) flag++;
    if (flag < flags.length && flags[flag]!.start <= start) continue;
    const judged = judge(character, text, start, end);
    if (judged !== null) found.push({ kind: "invisible", start, end, ...judged });
  }
  for (const match of text.matchAll(TRAILING)) {
    const [run] = match;
    if (run.length < 3 && !run.includes("\t")) continue;
    found.push({ ...at(match.index, run), words: WORDS.trailing, instead: "" });
  }
  return found;
}

const at = (start: number, run: string) => ({ kind: "invisible", start, end: start + run.length }) as const;

function ranges(text: string, pattern: RegExp): { start: number; end: number }[] {
  return Array.from(text.matchAll(pattern), (match) => at(match.index, match[0]));
}

interface Judged {
  readonly words: (typeof WORDS)[keyof typeof WORDS];
  readonly instead: string;
}

function judge(character: string, text: string, start: number, end: number): Judged | null {
  const code = character.codePointAt(0) as number;
  const before = codePointBefore(text, start);
  const after = codePointAfter(text, end);
  if (VISIBLE_FORMAT.test(character)) return null;
  if (code === 0x200c) return JOINS.test(before) && JOINS.test(after) ? null : gone("unseen");
  if (code === 0x200d) return joinsLetters(before) || joinsEmoji(before, after) ? null : gone("unseen");
  if (code === 0x34f) return isMark(before) && isMark(after) ? null : gone("unseen");
  if (code === 0x200e || code === 0x200f || code === 0x61c)
    return standsBetweenDirections(text, start, before) ? null : gone("direction");
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return gone("direction");
  if (/\p{Variation_Selector}/u.test(character))
    return selects(code, before, after) ? null : gone("selector");
  if (code >= 0xe0000 && code <= 0xe0fff) return gone("tag");
  if (code === 0xad) return gone("hyphen");
  if (code === 0x0d) return after === "\n" ? null : { words: WORDS.line, instead: "\n" };
  if (code === 0x0b || code === 0x0c || code === 0x85 || code === 0x2028 || code === 0x2029)
    return { words: WORDS.line, instead: "\n" };
  if (code >= 0xd800 && code <= 0xdfff) return gone("broken");
  if (code === 0xa0 || code === 0x202f)
    return keepsTogether(before) || keepsTogether(after) ? null : { words: WORDS.space, instead: " " };
  if (code === 0x3000)
    return EAST_ASIAN.test(before) || EAST_ASIAN.test(after) ? null : { words: WORDS.space, instead: " " };
  if (code === 0x1680) return /\p{Script=Ogham}/u.test(before) ? null : { words: WORDS.space, instead: " " };
  if (/\p{Zs}/u.test(character)) return { words: WORDS.space, instead: " " };
  return gone("unseen");
}

const gone = (word: keyof typeof WORDS): Judged => ({ words: WORDS[word], instead: "" });

const isMark = (character: string) => /\p{M}/u.test(character);

/** A letter or a mark of a script that joins: a joiner alone at its end is spelling too (Persian abbreviations). */
const joinsLetters = (before: string) => JOINS.test(before);

/** Between two pictures, of which the first may bear a skin tone or a selector. */
function joinsEmoji(before: string, after: string): boolean {
  return (
    /\ufe0f|[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u.test(before) &&
    /\p{Extended_Pictographic}/u.test(after)
  );
}

/** One mark of direction, not two, where the writing from right to left is at hand: in the 64 characters around it. */
function standsBetweenDirections(text: string, start: number, before: string): boolean {
  if (/[\u200e\u200f\u061c]/.test(before)) return false;
  return RIGHT_TO_LEFT.test(text.slice(Math.max(0, start - 64), start + 64));
}

/** Whether a selector stands behind something that has more than one look. */
function selects(code: number, before: string, after: string): boolean {
  if (code === 0xfe0e || code === 0xfe0f)
    return /[#*0-9]/.test(before) ? after === "\u20e3" : /\p{Emoji}/u.test(before);
  if (code >= 0x180b && code <= 0x180f) return /\p{Script=Mongolian}/u.test(before);
  if (code >= 0xfe00 && code <= 0xfe02)
    return /[\p{Unified_Ideograph}\p{Script=Myanmar}\p{Sm}]/u.test(before);
  return code >= 0xe0100 && /\p{Unified_Ideograph}/u.test(before);
}

/** A figure, or a sign that French and others set apart by a space that does not break. */
const keepsTogether = (character: string) => /[\p{Nd}\p{Sc}%‰°§«»‹›:;!?—–]/u.test(character);

function codePointBefore(text: string, end: number): string {
  if (end === 0) return "";
  const low = text.charCodeAt(end - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && end > 1;
  return text.slice(isPair ? end - 2 : end - 1, end);
}

function codePointAfter(text: string, start: number): string {
  return start < text.length ? String.fromCodePoint(text.codePointAt(start) as number) : "";
}
