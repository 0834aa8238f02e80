/**
 * The recovery phrase. It comes through a descriptor or is typed without echo; there is no option that takes it, and
 * the environment is not looked at. It stays in memory while the command runs and is written nowhere.
 */
import { Secrets } from "@undersigned/core";
import type { Command } from "commander";
import { readFirstLine } from "../io/descriptors.ts";
import { askSecretly } from "../io/prompt.ts";
import { descriptor } from "./values.ts";

export interface PhraseOptions {
  readonly phraseFd?: number;
}

export function withPhrase(command: Command): Command {
  return command.option(
    "--phrase-fd <n>",
    "read the recovery phrase from this descriptor instead of asking for it",
    descriptor,
  );
}

/** Throws CoreError `bad-phrase`, CliError `no-terminal`, `file-unusable`. */
export async function readSecrets(options: PhraseOptions): Promise<Secrets> {
  const phrase =
    options.phraseFd === undefined
      ? await askSecretly("Recovery phrase (12 words, not shown): ", "--phrase-fd")
      : readFirstLine(options.phraseFd);
  return new Secrets(phrase);
}
