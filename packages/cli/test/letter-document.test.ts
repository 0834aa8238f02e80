/** `undersigned letter document`: from a bundle to a PDF, by somebody who has the bundle and two ids. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBundle } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LogBuilder } from "../../../test/kit/log-builder.ts";
import { memorySource } from "../../../test/kit/public-files.ts";
import { runCommand } from "./run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-document-"));
const bundle = join(folder, "letter.zip");
let place: string[];

beforeAll(async () => {
  const log = new LogBuilder();
  log.addEpoch();
  const letter = log.addLetter();
  log.addBatch("2026-03-03", [log.endorse(letter, 0), log.endorse(letter, 1)]);
  log.close(letter, "2026-05-01");
  writeFileSync(bundle, await makeBundle(memorySource(await log.files()), log.workforce));
  place = ["--workforce", log.workforce, "--letter", letter.letter];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("undersigned letter document", () => {
  it("writes the same PDF each time, says its hash and pages, and replaces no file", async () => {
    const make = (name: string) =>
      runCommand(["letter", "document", bundle, join(folder, name), ...place, "--json"], { cwd: folder });
    const first = await make("one.pdf");
    expect(first.stderr).not.toMatch(/^[a-z-]+: /m);
    const said = JSON.parse(first.stdout) as { pages: number; sha256: string; size: number };
    const hash = (name: string) =>
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
    expect(said).toMatchObject({ sha256: hash("one.pdf"), size: 7 });
    expect(said.pages).toBeGreaterThan(2);
    expect((await make("two.pdf")).code).toBe(0);
    expect(hash("two.pdf")).toBe(said.sha256);
    const again = await make("one.pdf");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("file-exists: ")]);
  });

  it("asks for the whole link, and for one that is of the letter that is named", async () => {
    const [, workforce, , letter] = place;
    const link = `https://board.example.com/w/${workforce}/letters/${letter}#${"A".repeat(43)}`;
    for (const args of [[bundle], [link]]) {
      const refused = await runCommand(["letter", "document", ...args, join(folder, "three.pdf")]);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("usage: ")]);
    }
  });
});
