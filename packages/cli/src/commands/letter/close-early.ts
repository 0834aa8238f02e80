/** `undersigned letter close-early`: two organisers move a letter's last day forward. */
import { post } from "@undersigned/client";
import { type JsonValue, type Signer, signEarlyClosing } from "@undersigned/core";
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { anyAnswer } from "../../io/any-answer.ts";
import { printResult } from "../../io/output.ts";
import { openOpenerKey } from "../../opener-key.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { type BoardOptions, openLog, withBoard } from "../../options/log-options.ts";
import { collect, dayValue, id } from "../../options/values.ts";

interface Options extends BoardOptions, LockOptions {
  readonly organiserKey: readonly string[];
  readonly on: string;
  readonly json?: boolean;
}

export function addLetterCloseEarly(program: Command): void {
  const command = program
    .command("close-early")
    .summary("move a letter's last day forward, by two organisers")
    .description(
      "The new last day is two days ahead or more, stands in the log at once for everybody to see, and cannot be moved again. The letter is closed at the tick after it.",
    )
    .argument("<letter>", "the letter's id", id)
    .requiredOption(
      "--organiser-key <file>",
      "a key that the letter names as an organiser's, as `undersigned opener-key` writes them; twice or more, all locked alike",
      collect,
    )
    .requiredOption("--on <day>", "the new last day for signing", dayValue)
    .option("--json", "print one JSON object");
  withLock(withBoard(command)).action(run);
}

async function run(letter: string, options: Options): Promise<void> {
  const log = await openLog(options);
  const { workforce } = log.view;
  const closes = options.on;
  if (!log.view.letters.has(letter)) {
    throw new CliError("letter-not-there", "The log has no such letter. Check its id and the workforce's.");
  }
  const of = { workforce, letter, closes };
  const by = (await openKeys(options))
    .map((signer) => signEarlyClosing(of, signer))
    .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
  const request = { type: "early-closing-request", v: 1, ...of, by } as unknown as JsonValue;
  await post(log.board, "v1/early-closings", request, anyAnswer, { fetch: log.fetch });
  const moved = (await openLog(options)).view.letters.get(letter);
  if (moved?.earlyClosing?.leaf.closes !== closes) {
    throw new CliError(
      "letter-not-there",
      "The board took this but its log does not hold it. Do the same again.",
    );
  }
  printResult(options.json === true, { letter, closes, leaf: moved.earlyClosing.index }, [
    `Last day for signing: ${closes}, in place of ${moved.leaf.closes}. It stands in the log as leaf ${moved.earlyClosing.index}.`,
  ]);
}

async function openKeys(options: Options): Promise<Signer[]> {
  const lock = await lockFor(options);
  const signers: Signer[] = [];
  for (const path of options.organiserKey) signers.push(await openOpenerKey(path, lock));
  if (new Set(signers.map(({ publicKey }) => publicKey)).size < 2) {
    throw new CliError("usage", "Closing early takes two organisers: give --organiser-key for each of them.");
  }
  return signers;
}
