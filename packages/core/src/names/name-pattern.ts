/**
 * How an employer makes mailboxes out of names (decision 15): the pattern of a name rule, and a mailbox read by it.
 * The pattern is the manifest's; what stands in the mailbox an attacker may have chosen.
 */

/** How mailboxes come from names, and which part of a name stands first when it is shown. */
export type NameRule = { readonly pattern: string; readonly order: "given-family" | "family-given" };

export type NameField = "given" | "family" | "g" | "f";

/** One or two fields in the order of the mailbox. `digits` is what stands before the digits of namesakes; null: none. */
export type NamePattern = {
  readonly first: NameField;
  readonly separator: string;
  readonly second: NameField | null;
  readonly digits: string | null;
};

const PATTERN = /^\{(given|family|g|f)\}(?:([._-]?)\{(given|family|g|f)\})?(?:([._-]?)\{n\})?$/;

export function isInitial(field: NameField): boolean {
  return field.length === 1;
}

export function isGiven(field: NameField): boolean {
  return field.startsWith("g");
}

function read(pattern: string): NamePattern | null {
  const [match, first, separator = "", second = null, digits = null] = PATTERN.exec(pattern) ?? [];
  if (match === undefined) return null;
  return {
    first: first as NameField,
    separator,
    second: second as NameField | null,
    digits: pattern.endsWith("{n}") ? (digits ?? "") : null,
  };
}

/** What a pattern must be, as the end of a sentence, by what is wrong with one. */
export const NAME_PATTERN_FAULTS = {
  form: "a pattern of {given} or {g}, and {family} or {f}, with one of . _ - or nothing between, and {n} last if at all",
  twice: "a pattern with the given name at most once and the family name at most once",
  initials: "a pattern with {given} or {family} in full",
  dots: "a pattern without dots, since the rules remove them from mailboxes",
};

/** Null if all is well. `dots` is the manifest's: whether dots are removed from mailboxes. */
export function namePatternFault(pattern: string, dots: boolean): keyof typeof NAME_PATTERN_FAULTS | null {
  const fields = read(pattern);
  if (fields === null) return "form";
  const { first, second } = fields;
  if (second !== null && isGiven(first) === isGiven(second)) return "twice";
  if (isInitial(first) && (second === null || isInitial(second))) return "initials";
  return dots && pattern.includes(".") ? "dots" : null;
}

/** What a pattern must be and is not, as the end of a sentence, or null if all is well. */
export function checkNamePattern(pattern: string, dots: boolean): string | null {
  const fault = namePatternFault(pattern, dots);
  return fault === null ? null : NAME_PATTERN_FAULTS[fault];
}

/** The fields of a pattern, or null where `namePatternFault` finds one in it whatever the rule for dots. */
export function readNamePattern(pattern: string): NamePattern | null {
  return namePatternFault(pattern, false) === null ? read(pattern) : null;
}

/**
 * The part of a canonical mailbox that its fields and what is between them must make up: without domain, and without
 * the digits of a namesake and their separator, where the pattern has some. Null where no name can fit.
 */
export function stemOfMailbox(mailbox: string, { digits }: NamePattern): string | null {
  const local = mailbox.slice(0, Math.max(0, mailbox.lastIndexOf("@")));
  if (local.length > 64) return null;
  const stem = local.replace(/[0-9]+$/, "");
  if (digits === null || stem === local) return local;
  return stem.endsWith(digits) ? stem.slice(0, stem.length - digits.length) : null;
}
