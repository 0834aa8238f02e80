/** `undersigned workforce new`: makes the manifest that registrars sign, from an outline and everyone's cards. */
import { agreementFor, parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import { boundsWords } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { Command } from "commander";
import { agreementLines } from "../../ceremony/agreement.ts";
import { readBoardCard, readRegistrarCards } from "../../ceremony/cards.ts";
import { manifestLines } from "../../ceremony/describe-manifest.ts";
import { draftWorkforce } from "../../drafts/workforce-draft.ts";
import { readJson, requireFree, writeOutput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { collect, quorumValue } from "../../options/values.ts";

interface Options {
  readonly registrar: readonly string[];
  readonly board: string;
  readonly quorum: number;
  readonly out: string;
  readonly json?: boolean;
}

export function addWorkforceNew(program: Command): void {
  program
    .command("new")
    .summary("make a workforce's first manifest")
    .description(
      "From the organisers' outline and the cards of registrars and board. The manifest's hash is the workforce's id: registrars compare it by voice before they sign.",
    )
    .argument("<outline>", "JSON with employer, mailboxes, openers, and what else organisers decide")
    .requiredOption(
      "--registrar <card>",
      "what `undersigned registrar init` wrote; once for each registrar",
      collect,
    )
    .requiredOption("--board <card>", "what `undersigned board init` wrote")
    .requiredOption(
      "--quorum <k>",
      "how many registrars must have confirmed a signatory: more than half of them",
      quorumValue,
    )
    .requiredOption("-o, --out <file>", "where the manifest is written")
    .option("--json", "print one JSON object")
    .action(run);
}

async function run(outline: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const registrars = await readRegistrarCards(options.registrar);
  const board = await readBoardCard(options.board);
  const { file, filled } = draftWorkforce(await readJson(outline, "the outline"), {
    registrars,
    board,
    quorum: options.quorum,
  });
  const manifest = parseWorkforceManifest(file);
  await writeOutput(options.out, file);
  const workforce = workforceManifestHash(file);
  const bounds = boundsWords(sayIn("en"), manifest.bounds);
  printResult(options.json === true, { workforce, manifest: workforce, filled, bounds }, [
    `workforce: ${workforce}`,
    ...manifestLines(file, manifest),
    ...agreementLines(agreementFor(manifest, null)),
    ...(filled.length > 0 ? [`filled in: ${filled.join(", ")}`] : []),
  ]);
}
