/**
 * What a change or withdrawal has to follow: the newest leaf of the person's key. It is read from the public files, in
 * a bucket with many others; as long as it is not there yet, the receipt of the last change says it.
 */
import { keyState } from "@undersigned/client";
import { type KeyHead, receipt, type Secrets } from "@undersigned/core";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { readObject } from "../io/files.ts";
import type { PublicLog } from "./log-options.ts";
import { wholeNumber } from "./values.ts";

export interface HeadOptions {
  readonly lastReceipt?: string;
  readonly lastSeq?: number;
}

export function withHead(command: Command): Command {
  return command
    .option("--last-receipt <file>", "receipt of your last change, where that is not in the log yet")
    .option(
      "--last-seq <n>",
      "how many changes came before that one: 0 if the receipt is of your signature",
      wholeNumber(0, 9999),
    );
}

/** Throws CliError `head-unknown`, and `usage` for a number without its receipt. */
export async function readHead(
  log: PublicLog,
  secrets: Secrets,
  letter: string,
  options: HeadOptions,
): Promise<KeyHead> {
  if (options.lastReceipt !== undefined) {
    const last = await readObject(options.lastReceipt, "--last-receipt", receipt);
    if (last.letter === letter && last.workforce === log.view.workforce) {
      return { seq: options.lastSeq ?? 0, leaf: last.leaf };
    }
    throw new CliError("head-unknown", "The receipt at --last-receipt is of another letter.");
  }
  if (options.lastSeq !== undefined)
    throw new CliError("usage", "Give --last-seq together with --last-receipt.");
  const state = await keyState({ view: log.view, source: log.source, secrets, letter });
  if (state.state !== "not-in-the-log") return state.head;
  throw new CliError(
    "head-unknown",
    "Your signature is not in the log yet. Wait for the next batch, or give the receipt with --last-receipt.",
  );
}
