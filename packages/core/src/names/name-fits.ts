/**
 * Whether a name is what a mailbox says, letter for letter (decision 15). An attacker chooses the name and may have a
 * say in the mailbox; both are bounded, and no way of reading the one as the other is tried alone.
 */
import { checkShownText, MAX_NAME } from "../formats/text.ts";
import { readWord, type Spellings, type Word } from "./fold-letter.ts";
import { caseHolds } from "./name-case.ts";
import {
  isGiven,
  isInitial,
  type NameField,
  type NameRule,
  readNamePattern,
  stemOfMailbox,
} from "./name-pattern.ts";

const SPACE = ["", "-"];

/** What the words of one part may be in the field that stands for it, or null where no such part is shown. */
function spellPart(words: readonly Word[], field: NameField): Spellings | null {
  const [first, ...rest] = words;
  if (first === undefined) return null;
  if (isInitial(field)) {
    if (rest.length > 0 || first.spellings.length !== 2 || !/^[A-Z]\w?\.$/.test(first.ascii)) return null;
    return first.spellings.map((spellings) => spellings.filter((spelling) => spelling.length < 2));
  }
  const ascii = words.map((word) => word.ascii);
  if (!caseHolds(ascii, isGiven(field))) return null;
  return [...first.spellings, ...rest.flatMap((word) => [SPACE, ...word.spellings])];
}

/** At which places of the text a spelling stands: bit n for place n. */
function placesOf(spelling: string, text: string): bigint {
  let places = 0n;
  for (let at = 0; at <= text.length; at++) if (text.startsWith(spelling, at)) places |= 1n << BigInt(at);
  return places;
}

/** Whether texts are made of one spelling of each character, in order. All ways are walked at once, as bits of a number. */
function reader(text: string): (spellings: Spellings) => boolean {
  const known = new Map<string, bigint>();
  return (spellings) => {
    let reached = 1n;
    for (const alternatives of spellings) {
      let next = 0n;
      for (const spelling of alternatives) {
        const places = known.get(spelling) ?? placesOf(spelling, text);
        known.set(spelling, places);
        next |= (reached & places) << BigInt(spelling.length);
      }
      reached = next;
      if (reached === 0n) return false;
    }
    return reached >> BigInt(text.length) === 1n;
  };
}

/**
 * Whether each letter of a shown name stands in a canonical mailbox, in order, and the other way round, by the rule. A
 * pattern that `checkNamePattern` refuses, a name that is no shown text and a mailbox without a local part fit nothing.
 * Spaces and hyphens of a name are nothing or a hyphen in the mailbox; apostrophes (' or ’) may be apostrophes there too.
 */
export function nameFits(name: string, mailbox: string, rule: NameRule): boolean {
  const pattern = readNamePattern(rule.pattern);
  const stem = pattern === null ? null : stemOfMailbox(mailbox, pattern);
  if (pattern === null || stem === null || checkShownText(name, MAX_NAME) !== null) return false;
  const words: Word[] = [];
  for (const text of name.replaceAll("’", "'").split(" ")) {
    const word = readWord(text);
    if (word === null) return false;
    words.push(word);
  }
  const reads = reader(stem);
  const { first, separator, second } = pattern;
  if (second === null) {
    const only = spellPart(words, first);
    return only !== null && reads(only);
  }
  const asShown = isGiven(first) === (rule.order === "given-family");
  for (let cut = 1; cut < words.length; cut++) {
    const parts = [words.slice(0, cut), words.slice(cut)] as const;
    const one = spellPart(parts[asShown ? 0 : 1], first);
    const other = spellPart(parts[asShown ? 1 : 0], second);
    if (one !== null && other !== null && reads([...one, [separator], ...other])) return true;
  }
  return false;
}
