import { expect, test } from "vitest";
import { renderMarkdown } from "../../src/shared/markdown.ts";

const LONGEST = 100_000;

test.each([
  "[",
  "[a](",
  "![",
  "*a ",
  "**a__",
  "`a``",
  "> ",
  "* a\n",
  "[a]: b\n",
  "<http://",
  "|a|b\n",
  "&#106;",
])("the longest body of nothing but %j takes no three seconds of the server's time", (part) => {
  const text = part.repeat(Math.floor(LONGEST / part.length));
  renderMarkdown(part);
  const before = performance.now();
  renderMarkdown(text);
  expect(performance.now() - before).toBeLessThan(3000);
});
