/** `undersigned second-party`: runs a second party in the foreground. */
import type { Command } from "commander";
import { type ListenFlags, listenOptions, withListen } from "../../options/listen-options.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { collect, id, wholeNumber } from "../../options/values.ts";
import { runUntilStopped } from "../../run-until-stopped.ts";

interface Options extends ListenFlags, LockOptions {
  readonly data: string;
  readonly registrar: readonly string[];
  readonly atOnce?: number;
  readonly perHour?: number;
  readonly perEpoch?: number;
}

const amount = wholeNumber(1, 1_000_000);

export function addSecondPartyRun(program: Command): void {
  const command = program
    .command("run", { isDefault: true })
    .summary("run a second party")
    .requiredOption("--data <folder>", "its data folder")
    .requiredOption(
      "--registrar <identity>",
      "a registrar that may ask; may be given several times",
      (value: string, before: string[] | undefined) => collect(id(value), before),
    )
    .option("--at-once <n>", "evaluations that a registrar may ask for at once (default: 100)", amount)
    .option("--per-hour <n>", "how many more it may ask for each hour (default: 200)", amount)
    .option("--per-epoch <n>", "how many in an epoch: its mailboxes, and some (default: 3000)", amount);
  withLock(withListen(command, 8082)).action(run);
}

async function run(options: Options): Promise<void> {
  const listen = await listenOptions(options);
  const lock = await lockFor(options);
  const { secondPartyEvents, startSecondParty } = await import("@undersigned/registrar");
  const { createLogger } = await import("@undersigned/service");
  const { data, registrar, atOnce, perHour, perEpoch } = options;
  const running = await startSecondParty({
    dataDir: data,
    lock,
    listen,
    registrars: registrar,
    limits: {
      ...(atOnce !== undefined && { atOnce }),
      ...(perHour !== undefined && { perHour }),
      ...(perEpoch !== undefined && { perEpoch }),
    },
    logger: createLogger(secondPartyEvents, { stream: process.stderr }),
  });
  process.exitCode = await runUntilStopped("second party", running);
}
