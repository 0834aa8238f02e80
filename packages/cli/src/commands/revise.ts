/** `undersigned revise`: changes how a signatory appears. */
import { prepareRevision } from "@undersigned/client";
import type { Command } from "commander";
import { readInput } from "../io/files.ts";
import { type AppearanceOptions, readAppearance, withAppearance } from "../options/appearance-options.ts";
import { type HeadOptions, readHead, withHead } from "../options/head-options.ts";
import { type BoardOptions, openLog, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { id } from "../options/values.ts";
import { type PostOptions, postOrWrite, requireFreeOutputs } from "../posted.ts";
import { withOutputs } from "./sign.ts";

interface Options extends BoardOptions, PhraseOptions, AppearanceOptions, PostOptions, HeadOptions {
  readonly letter: string;
  readonly letterFile?: string;
}

export function addRevise(program: Command): void {
  const command = program
    .command("revise")
    .summary("change how you appear under a letter, or sign again after taking back")
    .requiredOption("--letter <id>", "the letter's id", id);
  withAppearance(command).option("--letter-file <file>", "the letter's text, where it is not public");
  withOutputs(withHead(withPhrase(withBoard(command)))).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFreeOutputs(options);
  const appearance = await readAppearance(options);
  const letterFile =
    options.letterFile === undefined ? undefined : await readInput(options.letterFile, "--letter-file");
  const log = await openLog(options);
  const secrets = await readSecrets(options);
  const head = await readHead(log, secrets, options.letter, options);
  const request = prepareRevision({
    view: log.view,
    secrets,
    letter: options.letter,
    letterFile,
    head,
    appearance,
  });
  await postOrWrite(log, request, options);
}
