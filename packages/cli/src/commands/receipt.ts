/** `undersigned receipt`: checks what a board promised against what its log holds. */
import { receipt } from "@undersigned/core";
import { verifyReceipt } from "@undersigned/verify";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { readObject } from "../io/files.ts";
import { printResult } from "../io/output.ts";
import { openLog, today, withKnown, withProxy, withToday } from "../options/log-options.ts";
import { id } from "../options/values.ts";

interface Options {
  readonly board: string;
  readonly workforce?: string;
  readonly known?: string;
  readonly proxy?: string;
  readonly today?: string;
  readonly json?: boolean;
}

export function addReceipt(program: Command): void {
  const command = program
    .command("receipt")
    .summary("check whether a board kept the promise of a receipt")
    .argument("<file>", "what --receipt kept")
    .requiredOption("--board <url>", "address of the board or of a mirror")
    .option("--workforce <id>", "refuse a receipt of another workforce", id)
    .option("--json", "print one JSON object");
  withToday(withProxy(withKnown(command))).action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const promise = await readObject(file, "the receipt", receipt);
  const { workforce = promise.workforce } = options;
  const log = await openLog({ ...options, workforce });
  const found = await verifyReceipt(log.source, log.view, promise, options.today ?? today());
  const line = {
    "in-the-log": () => `In the log${found.state === "in-the-log" ? ` at index ${found.index}` : ""}.`,
    waiting: () => `Not in the log yet; due by the end of ${promise.due} (UTC).`,
    destroyed: () =>
      "Not in the log: the letter's closing leaf says that what had not come out was destroyed.",
    "broken-promise": () => `Not in the log, although it was due by the end of ${promise.due} (UTC).`,
  }[found.state]();
  printResult(options.json === true, { ...found, due: promise.due, leaf: promise.leaf }, [line]);
  if (found.state === "broken-promise") {
    throw new CliError(
      "promise-broken",
      "The board has not kept its promise. Keep the receipt: it proves that, to anyone.",
    );
  }
}
