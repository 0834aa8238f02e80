/** `undersigned board-init`: makes a board's keys. */
import type { Command } from "commander";
import { printResult } from "../io/output.ts";
import { type LockOptions, lockFor, newLockFor, withLock } from "../options/lock-options.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly anotherLog?: boolean;
  readonly json?: boolean;
}

export function addBoardInit(program: Command): void {
  const command = program
    .command("board-init")
    .summary("make a board's keys")
    .description(
      "Makes the board's key and the key of one log, and prints their public halves for the workforce's manifest.",
    )
    .requiredOption("--data <folder>", "the board's data folder (mode 700)")
    .option("--another-log", "add a log key for a further workforce to the keys that are there")
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  const { addLogKey, createBoardKeys } = await import("@undersigned/board");
  const more = options.anotherLog === true;
  const lock = await (more ? lockFor(options) : newLockFor(options));
  const keys = await (more ? addLogKey : createBoardKeys)({ dataDir: options.data, lock });
  const { logKey, origin, boardKey } = keys;
  printResult(options.json === true, { logKey, origin, boardKey }, [
    `log key: ${logKey}`,
    `origin: ${origin}`,
    `board key: ${boardKey}`,
  ]);
}
