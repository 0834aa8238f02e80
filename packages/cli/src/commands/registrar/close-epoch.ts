/** `undersigned registrar close-epoch`: destroys an epoch's keys and tags, and states it in the log. */
import { dayOf } from "@undersigned/core";
import type { Command } from "commander";
import { bringDestruction } from "../../bring-destruction.ts";
import { CliError } from "../../errors.ts";
import { requireFree, writeObject } from "../../io/files.ts";
import { fetchThrough } from "../../io/network.ts";
import { printResult } from "../../io/output.ts";
import { ask } from "../../io/prompt.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { withProxy } from "../../options/log-options.ts";
import { epochValue } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly epoch: number;
  readonly board?: string;
  readonly out?: string;
  readonly proxy?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addRegistrarCloseEpoch(program: Command): void {
  const command = program
    .command("close-epoch")
    .summary("destroy an epoch's keys and tags, and say so in the log")
    .description(
      "After the epoch's last day, with the registrar stopped. Tag, MAC, code and slot keys and all tags of the epoch go for good. The board is told; if it is away, the same command again tells it.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("--epoch <n>", "number of the epoch", epochValue)
    .option("--board <url>", "address of the board, where it is not the manifest's any more")
    .option(
      "-o, --out <file>",
      "also write the signed statement here, which anyone may bring to the board (`undersigned board log-destruction`)",
    )
    .option("--yes", "do it without being asked")
    .option("--json", "print one JSON object");
  withLock(withProxy(command)).action(run);
}

async function run(options: Options): Promise<void> {
  const { data: dataDir, database: databaseUrl, epoch } = options;
  await requireFree(options.out);
  if (options.yes !== true) {
    const answer = await ask(`Destroy the keys of epoch ${epoch} for good? Type yes: `, "--yes");
    if (answer !== "yes") throw new CliError("not-confirmed", "Nothing was destroyed.");
  }
  const lock = await lockFor(options);
  const { boardOfEpoch, closeEpoch } = await import("@undersigned/registrar");
  const board = options.board ?? (await boardOfEpoch({ dataDir, databaseUrl, epoch }));
  const leaf = await closeEpoch({ dataDir, databaseUrl, lock, epoch, day: dayOf(Date.now()) });
  if (options.out !== undefined) await writeObject(options.out, leaf);
  await bringDestruction(board, leaf, await fetchThrough(options.proxy));
  printResult(options.json === true, leaf, [
    `epoch ${epoch}: keys destroyed on ${leaf.day}, stated in the log`,
  ]);
}
