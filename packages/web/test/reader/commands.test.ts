/** Commands on pages are copied as they stand: each must be one that there is, with options that it has. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EMPTY_SITE, LogBuilder, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";

const cli = join(import.meta.dirname, "../../../cli/src");

/** The file of the command that a line gives: a command's own, one in a group, or what a group does without a further word. */
function commandOf(line: string): string {
  const [, first, second] = /undersigned ([a-z-]+)(?: ([a-z][a-z-]*))?/.exec(line)!;
  if (!existsSync(join(cli, "commands", first!))) return first!;
  return `${first}/${second ?? "run"}`;
}

/** Options of a command: those in its own file, and those that commands share. */
function optionsOf(command: string): string {
  const own = readFileSync(join(cli, "commands", `${command}.ts`), "utf8");
  const shared = globSync(join(cli, "options/*.ts")).map((file) => readFileSync(file, "utf8"));
  return [own, ...shared].join("\n");
}

async function commandsOn(path: string, site = EMPTY_SITE): Promise<string[]> {
  const page = readPage((await serverOf(site).inject(path)).body);
  return page
    .tags("pre")
    .flatMap((pre) => textIn(pre).split(/(?=(?:npx )?undersigned [a-z])/))
    .map((line) => line.trim())
    .filter((line) => /^(?:npx )?undersigned [a-z]/.test(line));
}

test("every command on a page is one that the program has", async () => {
  const { log, letter } = openedLog();
  const { site } = await siteOf(log, "2026-03-10");
  const address = `/w/${log.workforce}/letters/${letter.letter}`;
  const empty = new LogBuilder({ registrars: 1, quorum: 1 });
  const lines = [
    ...(await commandsOn("/")),
    ...(await commandsOn("/", (await siteOf(empty, "2026-03-10")).site)),
    ...(await commandsOn(address, site)),
    ...(await commandsOn(`${address}/sign`, site)),
    ...(await commandsOn(`${address}/recount`, site)),
    ...(await commandsOn("/recount")),
  ];
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) {
    const command = commandOf(line);
    expect(existsSync(join(cli, "commands", `${command}.ts`)), line).toBe(true);
    const known = optionsOf(command);
    for (const [, option] of line.matchAll(/ (--[a-z-]+)(?= )/g)) {
      expect(new RegExp(`["\`, ]${option} `).test(known), `${option} of ${line}`).toBe(true);
    }
  }
});
