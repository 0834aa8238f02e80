/** Options of the commands about what a board follows. */
import type { Command } from "commander";
import { type LockOptions, withLock } from "../../options/lock-options.ts";

export interface FollowedBoard extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly json?: boolean;
}

export function withFollowedBoard(command: Command): Command {
  return withLock(
    command
      .requiredOption("--data <folder>", "the board's data folder")
      .option("--database <url>", "its database, where that is not in the data folder")
      .option("--json", "print one JSON object"),
  );
}
