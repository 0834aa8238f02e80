/** `undersigned second-party open-epoch`: makes a second party's key of one epoch. */
import type { Command } from "commander";
import { printResult } from "../../io/output.ts";
import { type LockOptions, newLockFor, withLock } from "../../options/lock-options.ts";
import { epochValue, id } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly workforce: string;
  readonly epoch: number;
  readonly json?: boolean;
}

export function addSecondPartyOpenEpoch(program: Command): void {
  const command = program
    .command("open-epoch")
    .summary("make a second party's key for an epoch")
    .description(
      "Prints the key that the registrar's operator gives to `undersigned registrar open-epoch`, and its fingerprint: compare that by voice. The second party serves the epoch from its next start. Called again, it gives the same key.",
    )
    .requiredOption("--data <folder>", "the second party's data folder")
    .requiredOption("--workforce <id>", "the workforce's id", id)
    .requiredOption("--epoch <n>", "number of the epoch, from 1", epochValue)
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  const { data, workforce, epoch } = options;
  const { createSecondPartyKey, secondPartyFingerprint } = await import("@undersigned/registrar");
  const lock = await newLockFor(options);
  const { publicKey } = await createSecondPartyKey({ dataDir: data, lock, workforce, epoch });
  const fingerprint = secondPartyFingerprint(publicKey);
  printResult(options.json === true, { fingerprint, publicKey }, [
    `key: ${publicKey}`,
    `fingerprint: ${fingerprint}`,
  ]);
}
