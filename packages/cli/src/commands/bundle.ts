/** `undersigned bundle`: all public files of a log in one file that proves the count offline, years later. */
import { makeBundle, openSource } from "@undersigned/verify";
import type { Command } from "commander";
import { requireFree, writeOutput } from "../io/files.ts";
import { fetchFor } from "../io/network.ts";
import { printResult } from "../io/output.ts";
import { withProxy, withWorkforce } from "../options/log-options.ts";

interface Options {
  readonly workforce: string;
  readonly out: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

export function addBundle(program: Command): void {
  const command = program
    .command("bundle")
    .summary("save a log's public files as one file")
    .argument("<source>", "address of a board or mirror, or a folder with the files")
    .requiredOption("-o, --out <file>", "where the ZIP is written")
    .option("--json", "print one JSON object");
  withProxy(withWorkforce(command)).action(run);
}

async function run(from: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const bundle = await makeBundle(
    await openSource(from, options.workforce, { fetch: await fetchFor(options) }),
    options.workforce,
  );
  await writeOutput(options.out, bundle);
  printResult(options.json === true, { bytes: bundle.length }, [
    `Written, ${bundle.length} bytes. Anyone checks it with: undersigned verify FILE --workforce ${options.workforce}`,
  ]);
}
