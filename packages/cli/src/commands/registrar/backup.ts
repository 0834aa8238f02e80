/** `undersigned registrar backup`: the copy to keep, in which no key of an epoch is. */
import type { Command } from "commander";
import { printResult } from "../../io/output.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addRegistrarBackup(program: Command): void {
  const command = program
    .command("backup")
    .summary("copy the database and the identity key, and no key of an epoch")
    .description(
      "With the registrar stopped. Keys of epochs are left out on purpose: a copy of them would outlive their destruction. A registrar that was restored from a backup enrols nobody in the epochs that were running, and serves the next one.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("-o, --out <folder>", "the new folder that becomes the backup (mode 700)")
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  const { backupRegistrar } = await import("@undersigned/registrar");
  await backupRegistrar({
    dataDir: options.data,
    databaseUrl: options.database,
    lock: await lockFor(options),
    out: options.out,
  });
  printResult(options.json === true, { backup: "made" }, ["backup: made"]);
}
