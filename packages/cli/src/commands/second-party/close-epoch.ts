/** `undersigned second-party close-epoch`: destroys a second party's key of one epoch. */
import type { Command } from "commander";
import { printResult } from "../../io/output.ts";
import { epochValue } from "../../options/values.ts";

interface Options {
  readonly data: string;
  readonly epoch: number;
  readonly json?: boolean;
}

export function addSecondPartyCloseEpoch(program: Command): void {
  program
    .command("close-epoch")
    .summary("destroy a second party's key of an epoch")
    .description(
      "For good: nobody can enrol in the epoch at this second party's registrars afterwards. Stop the second party first. May be called again.",
    )
    .requiredOption("--data <folder>", "the second party's data folder")
    .requiredOption("--epoch <n>", "number of the epoch", epochValue)
    .option("--json", "print one JSON object")
    .action(run);
}

async function run({ data, epoch, json }: Options): Promise<void> {
  const { closeSecondPartyEpoch } = await import("@undersigned/registrar");
  await closeSecondPartyEpoch({ dataDir: data, epoch });
  printResult(json === true, { closed: epoch }, [`epoch ${epoch}: its key is destroyed`]);
}
