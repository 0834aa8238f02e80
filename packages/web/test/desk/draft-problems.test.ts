/** What is wrong with a draft is said in the page's language: each code of core, with what its sentence takes. */
import {
  fieldText,
  letterOf,
  PROBLEM_SENTENCES,
  type Problem,
  type ProblemCode,
  type ProblemPart,
  workforceOf,
} from "@undersigned/core";
import { LANGUAGES, type Language } from "@undersigned/messages";
import { readCatalogue } from "@undersigned/messages/node";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { loadIn } from "../in-language.ts";

/** As the pages show it, in a language of their own. */
async function shownIn(language: Language): Promise<(problem: Problem) => string> {
  const { DraftProblem } = await loadIn(
    language,
    () => import("../../src/islands/desk/words/draft-problems.tsx"),
  );
  return (problem) => renderToString(h(DraftProblem, { problem }));
}

const VALUES = { part: "employer", least: 12, most: 12_345, detail: "A detail.", of: "role" } as const;
const CODES = Object.keys(PROBLEM_SENTENCES) as ProblemCode[];
/** With more values than any sentence takes. */
const problems = CODES.map((code) => {
  const message = (PROBLEM_SENTENCES[code] as (values: typeof VALUES) => string)(VALUES);
  return { field: "", code, values: VALUES, message, stops: true } as unknown as Problem;
});

test("in English, pages say what commands say", async () => {
  const shown = await shownIn("en");
  for (const problem of problems)
    expect(
      shown(problem)
        .replace(/<[^>]*>/g, "")
        .replaceAll("’", "'"),
    ).toBe(problem.message);
});

test.each(LANGUAGES.slice(1))(
  "in %s, every problem is said with its values, each in words of its own",
  async (language) => {
    const english = await shownIn("en");
    const shown = await shownIn(language);
    const said = problems.map(shown);
    for (const [i, problem] of problems.entries()) {
      expect(said[i]).not.toBe(english(problem));
      if (problem.message.includes("12,345")) expect(said[i]?.replace(/\D/g, "")).toContain("12345");
      if (problem.message.includes("A detail."))
        expect(said[i]).toContain('<span lang="en" dir="ltr">A detail.</span>');
    }
    expect(new Set(said).size).toBe(said.length);
  },
);

test("an empty letter says in German and in Arabic that its title is missing", async () => {
  const context = { workforce: null, organisers: [], salt: "", replaces: null, day: "2026-04-01" };
  const { problems: found } = letterOf(new Map(), context);
  const title = found.find(({ field }) => field === "title")!;
  expect((await shownIn("de"))(title)).toBe("Titel: Diese Angabe fehlt.");
  expect((await shownIn("ar"))(title)).toBe("العنوان: هذا البيان ناقص.");
});

test.each(LANGUAGES)("the usual mail with the code can be sent in %s", async (language) => {
  const { isUsual, usualMail } = await loadIn(
    language,
    () => import("../../src/islands/desk/workforce/usual-mail.ts"),
  );
  expect(isUsual(usualMail())).toBe(language === "en");
  const context = { openers: [], board: { key: "", log: "", url: "" }, before: null, day: "2026-04-01" };
  const { problems: found } = await workforceOf(new Map([["codeMail", fieldText(usualMail())]]), context);
  expect(found.map(({ field }) => field)).not.toContain("codeMail");
});

test.each(LANGUAGES.slice(1))("in %s, every part of a draft has a name of its own", async (language) => {
  const shown = await shownIn(language);
  const parts = Object.keys(readCatalogue("drafts", language)).flatMap((key) => {
    const [, part] = /^drafts\.part\.(.+)$/.exec(key) ?? [];
    return part === undefined ? [] : [part as ProblemPart];
  });
  const said = parts.map((part) => shown({ ...problems[0]!, code: "missing", values: { part } } as Problem));
  expect(new Set(said).size).toBe(parts.length);
});
