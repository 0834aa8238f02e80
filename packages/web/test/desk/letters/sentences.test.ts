/** Whatever the board refuses is said in words of the page's own. */
import { DESK_REFUSALS } from "@undersigned/core";
import { expect, test } from "vitest";
import { problemWords } from "../../../src/islands/desk/words/problems.ts";

const ABOUT_LETTERS =
  /^(?:copy|closing|reason|lists|link|two-owners|listing|not-your-key|manifest|document-published)/;

test("every refusal about letters has a sentence that is not the one for all else", () => {
  const codes = Object.keys(DESK_REFUSALS).filter((code) => ABOUT_LETTERS.test(code));
  expect(codes.length).toBeGreaterThan(12);
  expect(codes.filter((code) => problemWords(code) === problemWords("nothing-known"))).toEqual([]);
});
