/** `undersigned letter draft`: fills a letter's outline up to the manifest that is published. */
import { letterId, utf8Decode } from "@undersigned/core";
import type { Command } from "commander";
import { draftLetter } from "../../drafts/letter-draft.ts";
import { readInput, readJson, requireFree, writeOutput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";

interface Options {
  readonly out: string;
  readonly body?: string;
  readonly json?: boolean;
}

export function addLetterDraft(program: Command): void {
  program
    .command("draft")
    .summary("make a letter's manifest from an outline")
    .description(
      "Adds type, version, a random salt and what the outline leaves out, and sorts what must be sorted.",
    )
    .argument("<outline>", "JSON with the fields of a letter manifest")
    .requiredOption("-o, --out <file>", "where the manifest is written")
    .option("--body <file>", "Markdown text of the letter, if the outline has no `body`")
    .option("--json", "print one JSON object")
    .action(run);
}

async function run(outline: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const body = options.body === undefined ? undefined : utf8Decode(await readInput(options.body, "--body"));
  const { file, filled } = draftLetter(await readJson(outline, "the outline"), body);
  await writeOutput(options.out, file);
  const letter = letterId(file);
  printResult(options.json === true, { letter, filled }, [
    `letter: ${letter}`,
    ...(filled.length > 0 ? [`filled in: ${filled.join(", ")}`] : []),
  ]);
}
