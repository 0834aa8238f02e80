/** `undersigned workforce amend`: makes the version after the manifest in force, which its quorum must sign. */
import { agreementFor, parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import type { Command } from "commander";
import { agreementLines } from "../../ceremony/agreement.ts";
import { readBoardCard, readRegistrarCards } from "../../ceremony/cards.ts";
import { manifestLines } from "../../ceremony/describe-manifest.ts";
import { differenceLines } from "../../ceremony/difference.ts";
import { amendWorkforce } from "../../drafts/workforce-amendment.ts";
import { readInput, readJson, requireFree, writeOutput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { collect, quorumValue } from "../../options/values.ts";

interface Options {
  readonly after: string;
  readonly registrar?: readonly string[];
  readonly without?: readonly string[];
  readonly board?: string;
  readonly quorum?: number;
  readonly out: string;
  readonly json?: boolean;
}

export function addWorkforceAmend(program: Command): void {
  program
    .command("amend")
    .summary("make the next version of a workforce's manifest")
    .description(
      "Epochs that have begun keep the version with which they began. The new one takes the signatures of as many registrars as the version in force demands, and of every new registrar.",
    )
    .argument("[changes]", "JSON with the organisers' fields that change, each whole")
    .requiredOption("--after <manifest>", "the manifest in force")
    .option(
      "--registrar <card>",
      "the card of a registrar that comes, or whose name, operator or address changes",
      collect,
    )
    .option("--without <registrar>", "name or identity of a registrar that goes", collect)
    .option("--board <card>", "the board's card, where its key or address changes")
    .option("--quorum <k>", "another quorum", quorumValue)
    .requiredOption("-o, --out <file>", "where the manifest is written")
    .option("--json", "print one JSON object")
    .action(run);
}

async function run(changes: string | undefined, options: Options): Promise<void> {
  await requireFree(options.out);
  const beforeFile = await readInput(options.after, "--after");
  const { file } = amendWorkforce(beforeFile, {
    changes: changes === undefined ? null : await readJson(changes, "the changes"),
    registrars: await readRegistrarCards(options.registrar ?? []),
    without: options.without ?? [],
    board: options.board === undefined ? null : await readBoardCard(options.board),
    quorum: options.quorum ?? null,
  });
  const before = parseWorkforceManifest(beforeFile);
  const manifest = parseWorkforceManifest(file);
  const changed = differenceLines(before, manifest);
  await writeOutput(options.out, file);
  const hash = workforceManifestHash(file);
  const { workforce, version } = manifest;
  printResult(options.json === true, { workforce, manifest: hash, version, changed }, [
    `workforce: ${workforce}`,
    ...manifestLines(file, manifest),
    ...changed.map((line) => `changed: ${line}`),
    ...agreementLines(agreementFor(manifest, before)),
  ]);
}
