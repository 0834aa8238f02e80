import { expect, test } from "vitest";
import { openedLog, serverOf, siteOf } from "./kit.ts";

async function played(isRehearsal: boolean) {
  const { log, letter } = openedLog({}, { first: 2 });
  log.addBatch(
    "2026-03-03",
    [0, 1, 2].map((person) => log.endorse(letter, person)),
  );
  const { site } = await siteOf(log, "2026-03-10");
  const server = serverOf({ ...site, isRehearsal: () => isRehearsal });
  return { server, at: `/w/${log.workforce}/letters/${letter.letter}` };
}

test("each page of a rehearsal says that it is one, and asks search engines to leave it out", async () => {
  const { server, at } = await played(true);
  for (const path of ["", "/signatories/1", "/sign", "/recount"]) {
    const { body } = await server.inject(`${at}${path}`);
    expect(body, path).toContain('<p class="rehearsal" role="note"><strong>Rehearsal.</strong>');
    expect(body, path).toContain('<meta name="robots" content="noindex"');
  }
});

test("no page of a real letter says so", async () => {
  const { server, at } = await played(false);
  for (const path of ["", "/signatories/1", "/sign", "/recount"]) {
    const { body } = await server.inject(`${at}${path}`);
    expect(body, path).not.toContain("Rehearsal");
  }
});
