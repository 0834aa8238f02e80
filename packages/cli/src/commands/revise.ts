/** `undersigned revise`: changes how a signatory appears. */
import { prepareRevision } from "@undersigned/client";
import { openEnrolment } from "@undersigned/core";
import type { Command } from "commander";
import { readInput } from "../io/files.ts";
import { type AppearanceOptions, readAppearance, withAppearance } from "../options/appearance-options.ts";
import { type HeadOptions, readHead, withHead } from "../options/head-options.ts";
import { type BoardOptions, openLog, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { id } from "../options/values.ts";
import { type PostOptions, postOrWrite, requireFreeOutputs } from "../posted.ts";
import { sayWhetherConfirmed, withOutputs } from "./sign.ts";

interface Options extends BoardOptions, PhraseOptions, AppearanceOptions, PostOptions, HeadOptions {
  readonly letter: string;
  readonly letterFile?: string;
  readonly enrolment?: string;
}

export function addRevise(program: Command): void {
  const command = program
    .command("revise")
    .summary("change how you appear under a letter, or sign again after taking back")
    .requiredOption("--letter <id>", "the letter's id", id);
  withAppearance(command)
    .option("--letter-file <file>", "the letter's text, where it is not public")
    .option(
      "--enrolment <file>",
      "the file that `undersigned enrol` made: shows that your name is confirmed",
    );
  withOutputs(withHead(withPhrase(withBoard(command)))).action(run);
}

async function run(options: Options): Promise<void> {
  await requireFreeOutputs(options);
  const appearance = await readAppearance(options);
  const letterFile =
    options.letterFile === undefined ? undefined : await readInput(options.letterFile, "--letter-file");
  const enrolment =
    options.enrolment === undefined ? undefined : await readInput(options.enrolment, "--enrolment");
  const log = await openLog(options);
  const secrets = await readSecrets(options);
  const tokens =
    enrolment === undefined ? undefined : await openEnrolment(secrets, options.workforce, enrolment);
  if (appearance.kind === "named" && tokens !== undefined) {
    sayWhetherConfirmed(log.view, tokens, appearance.name);
  }
  const head = await readHead(log, secrets, options.letter, options);
  const request = await prepareRevision({
    view: log.view,
    secrets,
    letter: options.letter,
    letterFile,
    head,
    appearance,
    tokens,
  });
  await postOrWrite(log, request, options);
}
