/** `undersigned board open-epoch`: hands the registrars' key statements to a running board, which opens the epoch. */
import { post } from "@undersigned/client";
import { type JsonValue, keyStatement } from "@undersigned/core";
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { anyAnswer } from "../../io/any-answer.ts";
import { readObject } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { type BoardOptions, openLog, withBoard } from "../../options/log-options.ts";

interface Options extends BoardOptions {
  readonly json?: boolean;
}

export function addBoardOpenEpoch(program: Command): void {
  const command = program
    .command("open-epoch")
    .summary("open an epoch with the registrars' statements")
    .description("The board must be running. Anyone may do this: statements are signed by their registrars.")
    .argument("<statements...>", "what `undersigned registrar open-epoch` wrote at each registrar")
    .option("--json", "print one JSON object");
  withBoard(command).action(run);
}

async function run(paths: readonly string[], options: Options): Promise<void> {
  const statements = await Promise.all(paths.map((path) => readObject(path, "a statement", keyStatement)));
  statements.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
  const [first] = statements;
  if (first === undefined || statements.some(({ epoch }) => epoch !== first.epoch)) {
    throw new CliError("file-malformed", "The statements are of different epochs. Give those of one.");
  }
  const { fetch, board, view } = await openLog(options);
  if (!view.epochs.has(first.epoch)) {
    const request = { type: "epoch-request", v: 1, statements } as unknown as JsonValue;
    await post(board, "v1/epochs", request, anyAnswer, { fetch });
  }
  const opened = (await openLog(options)).view.epochs.get(first.epoch);
  if (opened === undefined) {
    throw new CliError(
      "epoch-not-there",
      "The board took the statements but its log does not hold the epoch. Do the same again.",
    );
  }
  const { epoch, opens, closes } = opened.leaf;
  printResult(options.json === true, { epoch, opens, closes, registrars: opened.leaf.statements.length }, [
    `epoch ${epoch}: ${opens} to ${closes}, ${opened.leaf.statements.length} registrars`,
  ]);
}
