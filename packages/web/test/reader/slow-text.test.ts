/** What a hostile text costs the server: counted in steps of its code, which are the same on every machine. */
import { Session } from "node:inspector/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderMarkdown } from "../../src/shared/markdown.ts";

const LENGTH = 12_500;
/** For what is done once. */
const START = 10_000;

const session = new Session();
beforeAll(async () => {
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
});
afterAll(() => session.disconnect());

/** How often any block of any function was run. */
async function stepsOf(text: string): Promise<number> {
  await session.post("Profiler.takePreciseCoverage");
  renderMarkdown(text);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const blocks = result.flatMap(({ functions }) => functions).flatMap(({ ranges }) => ranges);
  return blocks.reduce((sum, { count }) => sum + count, 0);
}

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
])("a body of nothing but %j takes twice the work when it is twice as long, and not more", async (part) => {
  const text = part.repeat(Math.floor(LENGTH / part.length));
  renderMarkdown(part);
  const once = await stepsOf(text);
  expect(once).toBeGreaterThan(LENGTH / part.length);
  expect(await stepsOf(text + text)).toBeLessThan(2.2 * once + START);
});
