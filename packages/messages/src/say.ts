/**
 * Says messages in one language. Catalogues hold ICU MessageFormat; numbers, days and lists are written as the language does.
 * Browsers get messages that were parsed when the pages were built, so that no parser weighs on them.
 */
import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import type { Day } from "@undersigned/core";
import { IntlMessageFormat } from "intl-messageformat";
import type { Messages } from "./areas.ts";
import { type Language, MANNERS } from "./languages.ts";
import { type DayText, plain, type Word, type Words } from "./words.ts";

export type MessageKey = keyof Messages;
/** What may stand for a name in braces. */
export type Value = Word | Words | number;
/** What a page makes of the words between `<name>` and `</name>`. */
export type Tag = (inner: Words) => unknown;
/** Messages without names in braces take no values. */
export type ValuesOf<K extends MessageKey> = keyof Messages[K] extends never ? [] : [values: Messages[K]];
/** By key; text, or what the parser has made of it. */
export type Catalogue = Readonly<Record<string, string | MessageFormatElement[]>>;

export interface Say {
  /** As text. Throws on a message with tags, and where a value is missing. */
  <K extends MessageKey>(key: K, ...values: ValuesOf<K>): string;
  /** As words, which pages show. */
  rich<K extends MessageKey>(key: K, ...values: ValuesOf<K>): Words;
  /** A message without values, for keys that are put together; null where there is none. */
  known(key: string): string | null;
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
  /** For formats of Intl. */
  readonly locale: string;
  number(value: number): string;
  /** `3 November 2026`. All days are UTC days. */
  day(day: Day): DayText;
  /** `3 November` and `20 November 2026`: the first without what both share, where the language takes that. */
  dayRange(from: Day, to: Day): { readonly from: DayText; readonly to: DayText };
  /** `a, b and c`, or with "or". */
  list(items: readonly (string | Words)[], last?: "and" | "or"): Words;
}

type Format = Pick<IntlMessageFormat, "formatToParts">;

export function createSay(language: Language, catalogues: readonly Catalogue[]): Say {
  const { locale, direction, sharesDays } = MANNERS[language];
  const formats = new Map<string, Format>();
  const find = (key: string) => catalogues.find((catalogue) => Object.hasOwn(catalogue, key))?.[key];
  const formatOf = (key: string): Format => {
    const there = formats.get(key);
    if (there !== undefined) return there;
    const message = find(key);
    if (message === undefined) throw new TypeError(`There is no message ${key}.`);
    const format = new IntlMessageFormat(message, locale, undefined, { shouldParseSkeletons: false });
    formats.set(key, format);
    return format;
  };
  const rich = (key: string, values: Record<string, unknown> = {}): Words =>
    wordsOf(formatOf(key).formatToParts(preparedValues(values)));
  const say = (key: string, values?: Record<string, unknown>) => plain(rich(key, values));

  const numbers = new Intl.NumberFormat(locale);
  const dayFormat = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC", calendar: "gregory" });
  const long = dayFormat({ day: "numeric", month: "long", year: "numeric" });
  const inYear = dayFormat({ day: "numeric", month: "long" });
  const inMonth = dayFormat({ day: "numeric" });
  const write = (format: Intl.DateTimeFormat, day: Day): DayText => ({
    day,
    text: format.format(new Date(`${day}T00:00:00Z`)),
  });

  return Object.assign(say as Say, {
    rich: rich as Say["rich"],
    known: (key: string) => (find(key) === undefined ? null : say(key)),
    language,
    direction,
    locale,
    number: (value: number) => numbers.format(value),
    day: (day: Day) => write(long, day),
    dayRange: (from: Day, to: Day) => {
      const short =
        !sharesDays || from.slice(0, 4) !== to.slice(0, 4)
          ? long
          : from.slice(0, 7) === to.slice(0, 7)
            ? inMonth
            : inYear;
      return { from: write(short, from), to: write(long, to) };
    },
    list: (items: readonly (string | Words)[], last: "and" | "or" = "and") => {
      const format = new Intl.ListFormat(locale, { type: last === "and" ? "conjunction" : "disjunction" });
      return format
        .formatToParts(items.map((_, i) => String(i)))
        .flatMap(({ type, value }) => (type === "literal" ? [value] : (items[Number(value)] ?? [])));
    },
  });
}

/** Objects come through the formatter as they are; a list of words has to look like one. */
function preparedValues(values: Record<string, unknown>): Record<string, never> {
  const prepared = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "function" ? (inner: unknown[]) => ({ made: value(flat(inner)) }) : value,
  ]);
  return Object.fromEntries(prepared) as Record<string, never>;
}

function wordsOf(parts: readonly { readonly value: unknown }[]): Words {
  return flat(parts.map(({ value }) => value));
}

function flat(values: readonly unknown[]): Words {
  const words: Word[] = [];
  for (const value of values.flat(Number.POSITIVE_INFINITY) as Word[]) {
    const before = words.at(-1);
    if (typeof value === "string" && typeof before === "string") words[words.length - 1] = before + value;
    else if (value !== "") words.push(value);
  }
  return words;
}
