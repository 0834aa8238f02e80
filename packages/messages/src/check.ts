/**
 * Compares the catalogues of all languages with the English one, and derives from that what each message takes. The build fails
 * on what is found here.
 */
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { LANGUAGES, type Language, MANNERS } from "./languages.ts";

/** What stands for a name: anything that can be said, a number, one of some words, or a tag around words. */
export type Takes = "number" | "select" | "tag" | "value";

/** Names of a message and what they take, sorted. Throws SyntaxError on a message that is none. */
export function namesOf(message: string): Map<string, Takes> {
  const names = new Map<string, Takes>();
  const add = (name: string, takes: Takes) => {
    const there = names.get(name);
    // A number may be said in words as well: `{n}` beside `{n, plural, …}`.
    if (there === undefined || there === "value") names.set(name, takes);
    else if (takes !== "value" && takes !== there) throw new SyntaxError(`{${name}} is used in two ways.`);
  };
  walk(parse(message, { shouldParseSkeletons: false }), (element) => {
    if (element.type === TYPE.argument) add(element.value, "value");
    if (element.type === TYPE.number || element.type === TYPE.plural) add(element.value, "number");
    if (element.type === TYPE.select) add(element.value, "select");
    if (element.type === TYPE.tag) add(element.value, "tag");
    if (element.type === TYPE.date || element.type === TYPE.time)
      throw new SyntaxError("Days are values: {day}, without a format.");
  });
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function walk(
  elements: readonly MessageFormatElement[],
  visit: (element: MessageFormatElement) => void,
): void {
  for (const element of elements) {
    visit(element);
    if (element.type === TYPE.tag) walk(element.children, visit);
    if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const { value } of Object.values(element.options)) walk(value, visit);
  }
}

/** `many` of French and Spanish is for whole millions. */
function pluralsOf(language: Language): string[] {
  const { pluralCategories } = new Intl.PluralRules(MANNERS[language].locale).resolvedOptions();
  return pluralCategories.filter((name) => language === "ar" || name !== "many");
}

function pluralProblems(message: string, language: Language): string[] {
  const problems: string[] = [];
  walk(parse(message, { shouldParseSkeletons: false }), (element) => {
    if (element.type !== TYPE.plural || element.pluralType === "ordinal") return;
    const missing = pluralsOf(language).filter((name) => element.options[name] === undefined);
    if (missing.length > 0) problems.push(`{${element.value}} has no ${missing.join(", ")}`);
  });
  return problems;
}

export type Catalogues = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** A line for each thing that is wrong; keys begin with the area's name. */
export function checkArea(
  area: string,
  catalogues: Catalogues,
  languages: readonly Language[] = LANGUAGES,
): string[] {
  const english = catalogues.en;
  const problems: string[] = [];
  for (const language of languages) {
    const there = catalogues[language];
    const at = (key: string) => `${area}/${language}.json: ${key}`;
    for (const key of Object.keys(english))
      if (there[key] === undefined) problems.push(`${at(key)} is missing`);
    for (const [key, message] of Object.entries(there)) {
      if (english[key] === undefined) problems.push(`${at(key)} is not in the English catalogue`);
      if (!key.startsWith(`${area}.`)) problems.push(`${at(key)} does not begin with ${area}.`);
      if (message.trim() === "" || message.normalize("NFC") !== message)
        problems.push(`${at(key)} is empty or not NFC`);
      try {
        const names = describe(message);
        const wanted = describe(english[key] ?? message);
        if (names !== wanted) problems.push(`${at(key)} takes ${names}, not ${wanted}`);
        problems.push(...pluralProblems(message, language).map((problem) => `${at(key)}: ${problem}`));
      } catch (error) {
        problems.push(`${at(key)}: ${error instanceof Error ? error.message : "no message"}`);
      }
    }
  }
  return problems;
}

function describe(message: string): string {
  return [...namesOf(message)].map(([name, takes]) => `${name} (${takes})`).join(", ") || "nothing";
}
