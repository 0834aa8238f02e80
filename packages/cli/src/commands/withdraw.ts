/** `undersigned withdraw`: takes a signature back. */
import { prepareWithdrawal } from "@undersigned/client";
import type { Command } from "commander";
import { type HeadOptions, readHead, withHead } from "../options/head-options.ts";
import { type BoardOptions, openLog, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { id } from "../options/values.ts";
import { type PostOptions, postOrWrite, requireFreeOutputs } from "../posted.ts";
import { withOutputs } from "./sign.ts";

interface Options extends BoardOptions, PhraseOptions, PostOptions, HeadOptions {
  readonly letter: string;
}

export function addWithdraw(program: Command): void {
  const command = program
    .command("withdraw")
    .summary("take your signature back")
    .requiredOption("--letter <id>", "the letter's id", id);
  withOutputs(withHead(withPhrase(withBoard(command)))).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFreeOutputs(options);
  const log = await openLog(options);
  const secrets = await readSecrets(options);
  const head = await readHead(log, secrets, options.letter, options);
  await postOrWrite(
    log,
    prepareWithdrawal({ view: log.view, secrets, letter: options.letter, head }),
    options,
  );
}
