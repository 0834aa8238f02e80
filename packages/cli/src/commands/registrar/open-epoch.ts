/** `undersigned registrar open-epoch`: makes a registrar's keys of one epoch and the statement that publishes them. */
import type { Command } from "commander";
import { readInput, requireFree, writeOutput } from "../../io/files.ts";
import { printResult, say } from "../../io/output.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import {
  type SecondPartyFlags,
  secondPartyPin,
  withSecondParty,
} from "../../options/second-party-options.ts";
import { dayValue, epochValue } from "../../options/values.ts";

interface Options extends LockOptions, SecondPartyFlags {
  readonly data: string;
  readonly database?: string;
  readonly manifest: string;
  readonly epoch: number;
  readonly opens: string;
  readonly closes: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addRegistrarOpenEpoch(program: Command): void {
  const command = program
    .command("open-epoch")
    .summary("make a registrar's keys for an epoch")
    .description(
      "The registrar must be stopped; it serves the epoch from its next start. Called again, it gives the same statement.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("--manifest <file>", "the workforce manifest in force")
    .requiredOption("--epoch <n>", "number of the epoch, from 1", epochValue)
    .requiredOption("--opens <day>", "first day, YYYY-MM-DD (UTC)", dayValue)
    .requiredOption("--closes <day>", "last day", dayValue)
    .requiredOption("-o, --out <file>", "where the statement is written, for the board")
    .option("--json", "print one JSON object");
  withLock(withSecondParty(command)).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFree(options.out);
  const manifestFile = await readInput(options.manifest, "--manifest");
  const { createEpochKeys } = await import("@undersigned/registrar");
  const { statement, hash, noMailCounts } = await createEpochKeys({
    dataDir: options.data,
    databaseUrl: options.database,
    lock: await lockFor(options),
    manifestFile,
    epoch: options.epoch,
    opens: options.opens,
    closes: options.closes,
    secondParty: await secondPartyPin(options),
  });
  await writeOutput(options.out, statement);
  if (noMailCounts) {
    say(
      "Note: in this epoch no existing mail will count. A mail must be dated after the last day of every earlier epoch that took mails, within the days that the manifest allows, and no later than the epoch's own last day. People can still enrol by code.",
    );
  }
  printResult(options.json === true, { statement: hash }, [`statement: ${hash}`]);
}
