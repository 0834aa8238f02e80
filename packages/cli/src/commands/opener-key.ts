/** `undersigned opener-key`: makes the key with which an organiser opens letters. */
import type { Command } from "commander";
import { printResult } from "../io/output.ts";
import { createOpenerKey } from "../opener-key.ts";
import { type LockOptions, newLockFor, withLock } from "../options/lock-options.ts";

export function addOpenerKey(program: Command): void {
  const command = program
    .command("opener-key")
    .summary("make a key that may open letters")
    .description("Writes the key, encrypted, and prints its public half for the manifest's `openers`.")
    .requiredOption(
      "-o, --out <file>",
      "where the key is written, in a folder that only you can enter (mode 700)",
    )
    .option("--json", "print one JSON object");
  withLock(command).action(async (options: LockOptions & { out: string; json?: boolean }) => {
    const opener = await createOpenerKey(options.out, await newLockFor(options));
    printResult(options.json === true, { opener }, [`opener: ${opener}`]);
  });
}
