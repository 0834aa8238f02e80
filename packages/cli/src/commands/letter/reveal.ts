/** `undersigned letter reveal`: makes an unlisted letter public. */
import { post } from "@undersigned/client";
import { type JsonValue, signObject } from "@undersigned/core";
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { anyAnswer } from "../../io/any-answer.ts";
import { printResult } from "../../io/output.ts";
import { openOpenerKey } from "../../opener-key.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { type BoardOptions, openLog, withBoard } from "../../options/log-options.ts";
import { id } from "../../options/values.ts";

interface Options extends BoardOptions, LockOptions {
  readonly openerKey: string;
  readonly json?: boolean;
}

export function addLetterReveal(program: Command): void {
  const command = program
    .command("reveal")
    .summary("make an unlisted letter public")
    .description(
      "Its text, and what its signatories show, can be read by everybody from then on. That cannot be taken back. The text is checked against the letter's id.",
    )
    .argument("<letter>", "the letter's id", id)
    .requiredOption("--opener-key <file>", "the key that opened the letter")
    .option("--json", "print one JSON object");
  withLock(withBoard(command)).action(run);
}

async function run(letter: string, options: Options): Promise<void> {
  const log = await openLog(options);
  const logged = log.view.letters.get(letter);
  if (logged === undefined) {
    throw new CliError("letter-not-there", "The log has no such letter. Check its id and the workforce's.");
  }
  if (logged.manifest === null) {
    const signer = await openOpenerKey(options.openerKey, await lockFor(options));
    const request = signObject(
      { type: "reveal-request" as const, v: 1 as const, workforce: log.view.workforce, letter },
      signer,
    );
    const body = request as unknown as JsonValue;
    await post(log.board, "v1/reveals", body, anyAnswer, { fetch: log.fetch });
  }
  // What the board shows now is compared with the id, by which it was signed.
  const title =
    logged.manifest?.title ?? (await openLog(options)).view.letters.get(letter)?.manifest?.title ?? null;
  if (title === null) {
    throw new CliError(
      "letter-not-there",
      "The board took this but does not show the text. Do the same again.",
    );
  }
  printResult(options.json === true, { letter, title }, [`public: ${title}`]);
}
