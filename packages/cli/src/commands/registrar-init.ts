/** `undersigned registrar-init`: makes a registrar's identity. */
import type { Command } from "commander";
import { printResult } from "../io/output.ts";
import { type LockOptions, newLockFor, withLock } from "../options/lock-options.ts";

export function addRegistrarInit(program: Command): void {
  const command = program
    .command("registrar-init")
    .summary("make a registrar's identity key")
    .description(
      "Makes the key if there is none, and prints its public half for the manifest's `registrars`.",
    )
    .requiredOption("--data <folder>", "the registrar's data folder (mode 700)")
    .option("--json", "print one JSON object");
  withLock(command).action(async (options: LockOptions & { data: string; json?: boolean }) => {
    const { createRegistrarKeys } = await import("@undersigned/registrar");
    const { identity } = await createRegistrarKeys({
      dataDir: options.data,
      lock: await newLockFor(options),
    });
    printResult(options.json === true, { identity }, [`identity: ${identity}`]);
  });
}
