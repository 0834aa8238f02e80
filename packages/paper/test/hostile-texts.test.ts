/** Texts that want to break a page, hide what it says or run: they are shown as texts, or a box is shown in their place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeLetterDocument } from "../src/index.ts";
import { ask, textOf, type Word, withTools, wordsOf } from "./pdf-tools.ts";
import { sampleDocument, shown } from "./sample-document.ts";

const NAUGHTY = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../web/test/vectors/naughty-strings/blns.json"), "utf8"),
) as string[];

/** A4, and the margins that every text keeps to, with room for marks that lean out and for the end of a line that hangs over. */
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 548, 40, 842 - 30];

/** Nothing else in it is of other scripts than Latin. */
function withNames(...names: readonly string[]) {
  const people = { confirmed: [], given: names.map((name) => shown(name)) };
  return makeLetterDocument(
    sampleDocument({ manifest: { body: "Please.", supplement: null }, mailbox: people }),
  );
}

function outside(words: readonly Word[]): Word[] {
  return words.filter(
    ({ left, right, top, bottom }) => left < LEFT || right > RIGHT || top < TOP || bottom > BOTTOM,
  );
}

const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, "");

describe("a hostile name", () => {
  const LONG = {
    "10,000 letters without a space": "W".repeat(10_000),
    "10,000 words": "Long name ".repeat(1000),
    "10,000 letters from right to left": "م".repeat(10_000),
    "10,000 emoji": "👩‍👩‍👧‍👦".repeat(10_000 / 11),
    "10,000 Han letters": "样".repeat(10_000),
    "one letter under 10,000 marks": `e${"\u0301\u0316".repeat(5000)}`,
    "marks alone": "\u0301".repeat(100),
  };
  withTools(`of ${Object.keys(LONG).join(", or of ")} stays in its column, on its page`, () => {
    const made = withNames(...Object.values(LONG), "Sample After");
    expect(ask("qpdf", made.pdf, ["--check", "{}"])).toContain("No syntax");
    expect(outside(wordsOf(made.pdf))).toEqual([]);
    expect(textOf(made.pdf)).toContain("Sample After");
    expect(made.pages).toBeLessThan(8);
  });

  withTools("is seen to be cut where it is longer than a log's", () => {
    expect(squeezed(textOf(withNames("W".repeat(10_000)).pdf))).toContain(`${"W".repeat(300)}[…]`);
    expect(squeezed(textOf(withNames("W".repeat(100)).pdf))).toContain("W".repeat(100));
  });

  const BOXED = [
    ["an override of direction", "Sample \u202Egnihton\u202C", "Sample \ufffdgnihton\ufffd"],
    ["isolates of direction", "\u2067Sample\u2069 \u2066One", "\ufffdSample\ufffd \ufffdOne"],
    ["a line feed", "Sample\nchief executive", "Sample\ufffdchief executive"],
    ["a null", "Sample\0Null", "Sample\ufffdNull"],
    ["half a character", "Half\ud83d One", "Half\ufffd One"],
    ["a private character", "Private \ue000\u{10ffff}", "Private \ufffd\ufffd"],
    ["a script that no font here has", "Script 𒀀𒁀", "Script \ufffd\ufffd"],
    ["a mark that the letter's font has not", "Mark 样\u05b0", "Mark 样\ufffd"],
    ["marks upon marks", `Marks e${"\u0323".repeat(9)}x`, "\ufffdx"],
  ] as const;
  withTools(`shows a box for ${BOXED.map(([what]) => what).join(", for ")}`, () => {
    const text = textOf(withNames(...BOXED.map(([, name]) => name)).pdf);
    for (const [, , shownAs] of BOXED) expect(text).toContain(shownAs);
  });

  const PROGRAMS = {
    "reads a file": '#read("/etc/passwd")',
    "stops the typesetter": '#panic("x")',
    "ends its own text": '"]; #panic(); ["',
    "brings a package": '#import "@preview/example:0.1.0": *',
    "is markup": "*strong* _emphasis_ = heading $x^2$ `code` <label> @reference // comment",
    "ends the data": '"}]}, {"kind": "page"}',
    "is HTML": "<script>alert(1)</script>",
  };
  withTools(`shows as text what ${Object.keys(PROGRAMS).join(", what ")}`, () => {
    const text = squeezed(textOf(withNames(...Object.values(PROGRAMS)).pdf));
    for (const program of Object.values(PROGRAMS)) expect(text).toContain(squeezed(program));
    expect(text).not.toContain("root:x:0");
  });

  withTools("runs nothing and breaks no page, whichever of the naughty strings it is", () => {
    const made = withNames(...NAUGHTY);
    expect(ask("qpdf", made.pdf, ["--check", "{}"])).toContain("No syntax");
    expect(outside(wordsOf(made.pdf))).toEqual([]);
    expect(ask("pdfinfo", made.pdf, ["{}"])).toMatch(/^JavaScript:\s+no$/m);
    const text = squeezed(textOf(made.pdf));
    const plain = NAUGHTY.filter((one) => /^[\x21-\x7e]{3,200}$/.test(one));
    expect(plain.length).toBeGreaterThan(150);
    for (const one of plain) expect(text).toContain(squeezed(one));
  });
});

describe("a hostile text of organisers", () => {
  withTools.each([
    ["nested a thousand deep in quotes", `${">".repeat(1000)} x`],
    ["nested deep in lists", Array.from({ length: 60 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
    ["with emphasis in emphasis", `${"*a _b ".repeat(500)}x${"_ *".repeat(500)}`],
    ["with a table of 100 columns", `${"|a".repeat(100)}|\n${"|-".repeat(100)}|\n${"|b".repeat(100)}|`],
    [
      "with a table of words wider than it",
      `|a|b|c|d|e|f|g|\n|-|-|-|-|-|-|-|\n|${`${"W".repeat(200)}|`.repeat(7)}`,
    ],
    ["with 10,000 letters without a space", "W".repeat(10_000)],
    ["with code of 10,000 letters", `\`\`\`\n${"W".repeat(10_000)}\n\`\`\``],
    ["with a link of 2,000 letters", `[x](https://example.com/${"x".repeat(1900)})`],
    [
      "with a link that runs",
      "[x](javascript:alert(1)) ![x](file:///etc/passwd) <img src=x onerror=alert(1)>",
    ],
    ["with headings of every level and order", "###### a\n# b\n#### c\n## d"],
  ])("%s is set within the margins", (_, body) => {
    const made = makeLetterDocument(
      sampleDocument({ manifest: { body, supplement: null }, mailbox: { confirmed: [] } }),
    );
    expect(ask("qpdf", made.pdf, ["--check", "{}"])).toContain("No syntax");
    expect(outside(wordsOf(made.pdf))).toEqual([]);
    expect(Buffer.from(made.pdf).toString("latin1")).not.toMatch(/javascript:|file:\/\//);
    expect(textOf(made.pdf)).toContain("How to check this number");
  });

  it("of any characters, wherever it stands, makes a document", () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: "binary" });
    const property = fc.property(text, text, text, text, (title, body, name, role) => {
      const manifest = {
        title,
        body,
        delivery: body,
        language: "zxx",
        addressee: { name, organisation: role, mailbox: null },
      };
      const people = {
        confirmed: [shown(name, role, title)],
        given: [],
        roles: [{ role, place: name, count: 2 }],
      };
      expect(makeLetterDocument(sampleDocument({ manifest, mailbox: people })).pages).toBeGreaterThan(3);
    });
    fc.assert(property, { numRuns: 5 });
  });
});
