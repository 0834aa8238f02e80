/** `undersigned workforce-draft`: fills an outline up to the workforce manifest that registrars sign. */
import { parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import type { Command } from "commander";
import { draftWorkforce } from "../drafts/workforce-draft.ts";
import { readInput, readJson, requireFree, writeOutput } from "../io/files.ts";
import { printResult } from "../io/output.ts";

interface Options {
  readonly out: string;
  readonly after?: string;
  readonly json?: boolean;
}

export function addWorkforceDraft(program: Command): void {
  program
    .command("workforce-draft")
    .summary("make a workforce manifest from an outline")
    .description(
      "Adds type, version, bounds, origin and what the outline leaves out, and sorts what must be sorted.",
    )
    .argument("<outline>", "JSON with the fields of a workforce manifest")
    .requiredOption("-o, --out <file>", "where the manifest is written")
    .option("--after <manifest>", "the manifest in force, where this is to be the version after it")
    .option("--json", "print one JSON object")
    .action(run);
}

async function run(outline: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const before = options.after === undefined ? undefined : await readInput(options.after, "--after");
  const { file, filled } = draftWorkforce(await readJson(outline, "the outline"), before);
  await writeOutput(options.out, file);
  const manifest = workforceManifestHash(file);
  const workforce = parseWorkforceManifest(file).workforce ?? manifest;
  printResult(options.json === true, { workforce, manifest, filled }, [
    `workforce: ${workforce}`,
    ...(workforce === manifest ? [] : [`manifest: ${manifest}`]),
    ...(filled.length > 0 ? [`filled in: ${filled.join(", ")}`] : []),
  ]);
}
