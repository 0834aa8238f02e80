/** The sentence to quote: in English what the command says, in every other language the same facts. */
import { LANGUAGES, type Language, plain } from "@undersigned/messages";
import { type LetterReport, NOT_CHECKED_SENTENCES, type NotChecked, type Report } from "@undersigned/verify";
import { expect, it } from "vitest";
import { loadIn } from "../in-language.ts";
import { caseOf, count } from "./kit.ts";

async function quoteIn(language: Language): Promise<(letter: LetterReport, report: Report) => string> {
  const { quotedWords } = await loadIn(language, () => import("../../src/islands/recount/quoted.ts"));
  return (letter, report) => plain(quotedWords(letter, report));
}

it.each(["valid.zip", "small.zip", "broken/name-confirmed-well.zip"])(
  "is in English what the command says of each letter in %s",
  async (file) => {
    const quote = await quoteIn("en");
    const { report } = await count(caseOf(file));
    expect(report.letters.length).toBeGreaterThan(0);
    for (const letter of report.letters) expect(quote(letter, report)).toBe(letter.sentence);
  },
);

/** Numbers, days, domains, names and hashes. */
const FACTS = /“[^”]+”|\([^)]*Operator[^)]*\)|Example Works|Works council|[\w./+-]*\d[\w./+=-]*\b/g;

it.each(LANGUAGES.slice(1))("has in %s all facts of the English one", async (language) => {
  const quote = await quoteIn(language);
  const { report } = await count(caseOf("valid.zip"));
  const counted = report.letters.filter(({ days }) => days !== null);
  expect(counted.length).toBe(2);
  for (const letter of counted) {
    const said = quote(letter, report);
    const facts = letter.sentence.match(FACTS)!.map((fact) => fact.replace(/^[“(](?:run by )?|[”)]$/g, ""));
    expect(facts).toContain("End the trial" === letter.title ? "57" : "150");
    for (const fact of facts) expect(said).toContain(fact);
    for (const sentence of letter.sentence.split(/(?<=\.) /)) expect(said).not.toContain(sentence);
  }
});

const VALUES = {
  letter: "L".repeat(43),
  title: "A letter",
  registrar: "A registrar",
  epoch: 4,
  count: 3,
  pages: 5,
};

it("what a recount does not show is said in English as the command says it, and in other words in each language", async () => {
  const wordsIn = async (language: Language) => {
    const { notCheckedWords } = await loadIn(
      language,
      () => import("../../src/islands/recount/not-checked-words.ts"),
    );
    return (item: NotChecked) => plain(notCheckedWords(item));
  };
  const items = Object.entries(NOT_CHECKED_SENTENCES).flatMap(([code, sentence]) =>
    [VALUES, { ...VALUES, title: null, count: 1 }].map((values) => {
      const message = (sentence as (of: typeof values) => string)(values);
      return { code, values, message } as unknown as NotChecked;
    }),
  );
  const inEnglish = await wordsIn("en");
  for (const item of items) expect(inEnglish(item)).toBe(item.message);
  for (const language of LANGUAGES.slice(1)) {
    const words = await wordsIn(language);
    const said = items.map(words);
    expect(new Set(said).size).toBe(new Set(items.map(({ message }) => message)).size);
    for (const [i, { message }] of items.entries()) {
      expect(said[i]).not.toBe(message);
      for (const [fact] of message.matchAll(/A letter|L{43}|A registrar|[45]/g))
        expect(said[i]).toContain(fact);
    }
  }
});
