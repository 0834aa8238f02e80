import { describe, expect, test } from "vitest";
import { checkTranslations } from "../../src/server/learns/check-translations.ts";
import {
  problemsOf,
  sectionsOf,
  shownOf,
  stampOf,
  withoutLinks,
} from "../../src/server/learns/translations.ts";

const ENGLISH = `# Model

## What is promised

| promise | held by |
| --- | --- |
| nothing is kept | \`code\` ([22](decisions/22.md)) |

## Left out

x

## Who can learn what

| who | learns |
| --- | --- |
| board | all |

## What cannot be promised

- **Much.** A
- **More.** B
`;

const GERMAN = `<!-- of ${stampOf(ENGLISH)} -->

## Wer was erfahren kann

| wer | erfährt |
| --- | --- |
| Brett | alles |

## Was nicht versprochen werden kann

- **Viel.** A
- **Mehr.** B

## Was versprochen wird

| Versprechen | gehalten durch |
| --- | --- |
| nichts bleibt | ([22](../decisions/22.md)) \`code\` |
`;

test("the threat model's translations are whole, and of the present text", () => {
  expect(checkTranslations).not.toThrow();
});

describe("a translation of the threat model", () => {
  test("is right as long as it has every part, in any order within a cell", () => {
    expect(problemsOf(ENGLISH, GERMAN)).toEqual([]);
    expect(problemsOf(`${ENGLISH}\n## Further\n\nnot shown`, GERMAN)).toEqual([]);
  });

  test.each([
    ["of an earlier text", ENGLISH.replace("nothing is kept", "little is kept"), GERMAN],
    ["without its stamp", ENGLISH, GERMAN.slice(GERMAN.indexOf("\n"))],
    ["without a row", ENGLISH, GERMAN.replace("| Brett | alles |\n", "")],
    ["without a cell's code", ENGLISH, GERMAN.replace("`code`", "code")],
    ["with a link elsewhere", ENGLISH, GERMAN.replace("22.md", "23.md")],
    ["without an item", ENGLISH, GERMAN.replace("- **Mehr.** B\n", "")],
    ["without a section", ENGLISH, GERMAN.slice(0, GERMAN.indexOf("## Was versprochen"))],
  ])("is found wrong: %s", (_, english, translation) => {
    expect(problemsOf(english, translation)).toHaveLength(1);
  });

  test("is asked for each section by its name", () => {
    expect(() =>
      shownOf(ENGLISH.replace("## Left", "#### Left").replace("## What is", "## That is")),
    ).toThrow("no section “What is promised”");
  });
});

test("a section ends where the next one begins", () => {
  expect(sectionsOf("# A\n\n## One\n\nx\n\n### y\n\n## Two\n\nz\n")).toEqual([
    { heading: "One", text: "x\n\n### y" },
    { heading: "Two", text: "z" },
  ]);
  expect(withoutLinks("see ([decision 22](decisions/22.md), [31](d/31.md))")).toBe("see (decision 22, 31)");
});
