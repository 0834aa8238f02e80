import { expect, test } from "vitest";
import { openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";

async function tally(day: string, { log, letter }: ReturnType<typeof openedLog>): Promise<string> {
  const { site } = await siteOf(log, day);
  const answer = await serverOf(site).inject(`/w/${log.workforce}/letters/${letter.letter}`);
  return textIn(readPage(answer.body).classes("tally")[0]!);
}

test("a letter whose last day organisers have moved says so, and until when it is open", async () => {
  const opened = openedLog();
  const { log, letter } = opened;
  expect(await tally("2026-03-10", opened)).toContain("Open for signing until 30 April 2026: 51 days left.");
  log.closeEarly(letter, "2026-03-09", "2026-03-20", { by: log.organisers });
  const open = await tally("2026-03-10", opened);
  expect(open).toContain("Open for signing until 20 March 2026: 10 days left.");
  expect(open).toContain(
    "On 9 March 2026, 2 organisers moved the last day for signing from 30 April 2026 to 20 March 2026.",
  );
  expect(await tally("2026-03-21", opened)).toContain("Signing ended on 20 March 2026.");
});

test("whose keys they are is the board's word where the letter's text is not public", async () => {
  const opened = openedLog({}, { public: false });
  opened.log.closeEarly(opened.letter, "2026-03-09", "2026-03-20", { by: opened.log.organisers });
  expect(await tally("2026-03-10", opened)).toContain(
    "2 organisers, by the board's word, moved the last day",
  );
});
