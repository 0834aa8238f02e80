/** `undersigned board erase-opening`: takes away what a signatory shows, upon request. */
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { printResult } from "../../io/output.ts";
import { type LockOptions, withLock } from "../../options/lock-options.ts";
import { id } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly workforce: string;
  readonly letter: string;
  readonly key: string;
  readonly json?: boolean;
}

export function addBoardEraseOpening(program: Command): void {
  const command = program
    .command("erase-opening")
    .summary("erase the name, role and place that a signatory shows")
    .description(
      "The signature goes on counting, with nothing shown. On SQLite the board must be stopped. A signatory who has the phrase does the same with `undersigned revise`.",
    )
    .requiredOption("--data <folder>", "the board's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("--workforce <id>", "the workforce's id", id)
    .requiredOption("--letter <id>", "the letter's id", id)
    .requiredOption("--key <key>", "the signatory's key, as the openings file has it", id)
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run({ workforce, letter, key, ...options }: Options): Promise<void> {
  const erased = await withBoardAtHand(options, (board) => board.eraseOpening({ workforce, letter, key }));
  printResult(options.json === true, { erased }, [erased ? "erased" : "nothing was shown"]);
}
