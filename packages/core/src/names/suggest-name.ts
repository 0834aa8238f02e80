/** The name that a mailbox suggests (decision 15), for a person to correct: a mailbox knows no accents and no spaces. */
import {
  isGiven,
  isInitial,
  type NameField,
  type NameRule,
  readNamePattern,
  stemOfMailbox,
} from "./name-pattern.ts";

const FIELD = /^[a-z]+(?:[-'][a-z]+)*$/;

function fills(text: string, field: NameField): boolean {
  return FIELD.test(text) && (!isInitial(field) || text.length === 1);
}

function shown(text: string, field: NameField): string {
  if (isInitial(field)) return `${text.toUpperCase()}.`;
  const capitalised = text.replace(/(?:^|[-'])[a-z]/g, (letter) => letter.toUpperCase());
  // Where a small l would be taken for a capital I (name-case.ts).
  return capitalised.replace(/\b(Ma?c)l(?![aeiouy])/g, "$1L");
}

/**
 * A name that fits a canonical mailbox: its parts with capitals, hyphens and apostrophes kept ("Jane Doe", "J. Doe").
 * Null where the mailbox does not fit the pattern, and where it does in more than one way: "janedoe" may be many people,
 * and a guess that nobody corrects would be a false name.
 */
export function suggestName(mailbox: string, rule: NameRule): string | null {
  const pattern = readNamePattern(rule.pattern);
  const stem = pattern === null ? null : stemOfMailbox(mailbox, pattern);
  if (pattern === null || stem === null) return null;
  const { first, separator, second } = pattern;
  const ways: string[][] = [];
  if (second === null) {
    if (fills(stem, first)) ways.push([shown(stem, first)]);
  } else {
    for (let end = 1; end < stem.length; end++) {
      const one = stem.slice(0, end);
      const other = stem.slice(end + separator.length);
      if (!stem.startsWith(separator, end) || !fills(one, first) || !fills(other, second)) continue;
      const parts = [shown(one, first), shown(other, second)];
      ways.push(isGiven(first) === (rule.order === "given-family") ? parts : parts.reverse());
    }
  }
  const [only, another] = ways;
  return only === undefined || another !== undefined ? null : only.join(" ");
}
