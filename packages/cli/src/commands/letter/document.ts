/** `undersigned letter document`: the letter as a PDF to hand over, made from public files alone. */
import { gatherLetterDocument, type LetterPlace, makeLetterDocument } from "@undersigned/paper";
import { openSource } from "@undersigned/verify";
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { requireFree, writeOutput } from "../../io/files.ts";
import { fetchFor } from "../../io/network.ts";
import { printResult } from "../../io/output.ts";
import { startProgress } from "../../io/progress.ts";
import { knownCheckpoint, withKnown, withProxy } from "../../options/log-options.ts";
import { id } from "../../options/values.ts";

interface Options {
  readonly workforce?: string;
  readonly letter?: string;
  readonly known?: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

/** `<board>/w/<workforce>/letters/<letter>#<workforce>`, and maybe the key of a letter that was unlisted once. */
const LINK =
  /^(https?:\/\/[^#]+)\/w\/([A-Za-z0-9_-]{43})\/letters\/([A-Za-z0-9_-]{43})\/?#([A-Za-z0-9_-]{43})(?:\.[A-Za-z0-9_-]+)?$/;

export function addLetterDocument(program: Command): void {
  const command = program
    .command("document")
    .summary("the letter as a PDF to hand over")
    .description(
      "Recounts the log and sets the letter, its demands, who signed and how to check the number. The same public files give the same PDF on any machine.",
    )
    .argument("<source>", "the letter's whole link; or a bundle or folder, with --workforce and --letter")
    .argument("<pdf>", "where the PDF is written")
    .option("--workforce <id>", "the workforce's id, from the link or poster", id)
    .option("--letter <id>", "the letter's id", id)
    .option("--json", "print one JSON object");
  withProxy(withKnown(command)).action(run);
}

async function run(from: string, path: string, options: Options): Promise<void> {
  await requireFree(path);
  const { board, place } = placeOf(from, options);
  const source = await openSource(board, place.workforce, { fetch: await fetchFor(options) });
  const progress = startProgress("leaves");
  const data = await gatherLetterDocument(source, place, {
    ...(await knownCheckpoint(options)),
    onProgress: ({ leaves, size }) => progress.update(leaves, size),
  }).finally(progress.stop);
  const { pdf, pages, sha256 } = makeLetterDocument(data);
  await writeOutput(path, pdf);
  const { size } = data.checkpoint;
  printResult(options.json === true, { pages, sha256, size }, [
    `Written: ${pages} pages, counted from ${size} leaves of the log.`,
    `SHA-256: ${sha256}`,
  ]);
}

/** Where the files are, and whose letter it is. Throws CliError `usage`. */
function placeOf(from: string, { workforce, letter }: Options): { board: string; place: LetterPlace } {
  const [whole, board = "", inPath = "", inLink = "", fragment = ""] = LINK.exec(from) ?? [];
  if (whole !== undefined) {
    const agrees =
      inPath === fragment && (workforce ?? fragment) === fragment && (letter ?? inLink) === inLink;
    if (agrees) return { board, place: { workforce: fragment, letter: inLink } };
    throw new CliError("usage", "The link is of another workforce or letter than the one that is asked for.");
  }
  if (workforce === undefined || letter === undefined) {
    throw new CliError("usage", "Give the letter's whole link, or --workforce and --letter.");
  }
  return { board: from, place: { workforce, letter } };
}
