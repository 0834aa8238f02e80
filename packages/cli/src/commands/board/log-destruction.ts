/** `undersigned board log-destruction`: brings a registrar's statement that its keys are destroyed to the log. */
import { destructionLeaf } from "@undersigned/core";
import type { Command } from "commander";
import { bringDestruction } from "../../bring-destruction.ts";
import { readObject } from "../../io/files.ts";
import { fetchThrough } from "../../io/network.ts";
import { printResult } from "../../io/output.ts";
import { withProxy } from "../../options/log-options.ts";

interface Options {
  readonly board: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

export function addBoardLogDestruction(program: Command): void {
  const command = program
    .command("log-destruction")
    .summary("log that a registrar has destroyed its keys")
    .description("Anyone may do this: the statement is signed by its registrar.")
    .argument("<statement>", "what `undersigned registrar close-epoch --out` wrote")
    .requiredOption("--board <url>", "address of the board")
    .option("--json", "print one JSON object");
  withProxy(command).action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const leaf = await readObject(path, "the statement", destructionLeaf);
  await bringDestruction(options.board, leaf, await fetchThrough(options.proxy));
  printResult(options.json === true, leaf, [
    `epoch ${leaf.epoch}: keys destroyed on ${leaf.day}, stated in the log`,
  ]);
}
