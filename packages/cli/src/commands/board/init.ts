/** `undersigned board init`: makes a board's keys, and its card for whoever makes the manifest. */
import type { Command } from "commander";
import { readCardAddress } from "../../ceremony/cards.ts";
import { requireFree, writeOutput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { type LockOptions, lockFor, newLockFor, withLock } from "../../options/lock-options.ts";
import { id } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly url: string;
  readonly out: string;
  readonly anotherLog?: boolean;
  readonly log?: string;
  readonly json?: boolean;
}

export function addBoardInit(program: Command): void {
  const command = program
    .command("init")
    .summary("make a board's keys and its card")
    .description(
      "Makes the board's key and the key of one log if there are none; they never leave the data folder. The card tells organisers the public halves and the board's address. Run it again for another address: the keys stay.",
    )
    .requiredOption("--data <folder>", "the board's data folder (mode 700)")
    .requiredOption("--url <address>", "where people reach it, https://…")
    .requiredOption("-o, --out <file>", "where the card is written, for whoever makes the manifest")
    .option("--another-log", "add a log key for a further workforce to the keys that are there")
    .option("--log <key>", "make the card for this log key, where there are several", id)
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFree(options.out);
  const url = readCardAddress(options.url);
  const board = await import("@undersigned/board");
  const more = options.anotherLog === true;
  const lock = await (more ? lockFor(options) : newLockFor(options));
  const at = { dataDir: options.data, lock };
  const added = more ? await board.addLogKey(at) : await board.createBoardKeys(at).catch(keysAreThere);
  const { card, file } = await board.makeBoardCard({ ...at, url, logKey: options.log ?? added?.logKey });
  await writeOutput(options.out, file);
  printResult(options.json === true, { logKey: card.log.key, boardKey: card.key }, [
    `log key: ${card.log.key}`,
    `board key: ${card.key}`,
  ]);
}

/** Keys are never replaced: then the card is made of those that are there. */
function keysAreThere(error: unknown): null {
  if ((error as { readonly code?: unknown } | null)?.code === "key-file-exists") return null;
  throw error;
}
