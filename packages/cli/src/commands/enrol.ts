/** `undersigned enrol`: tokens of one epoch, from every registrar, into a file that only the phrase opens. */
import { enrol, type Registrar, type RegistrarOutcome } from "@undersigned/client";
import {
  CoreError,
  type EnrolmentTokens,
  openEnrolment,
  type Secrets,
  sealEnrolment,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import { type Command, Option } from "commander";
import { CliError } from "../errors.ts";
import { lineReader, readFirstLine } from "../io/descriptors.ts";
import { readIfThere, writeOutput } from "../io/files.ts";
import { printResult, say } from "../io/output.ts";
import { ask } from "../io/prompt.ts";
import { type BoardOptions, openLog, today, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { descriptor, epochValue } from "../options/values.ts";

interface Options extends BoardOptions, PhraseOptions {
  readonly mailbox?: string;
  readonly mailboxFd?: number;
  readonly codeFd?: number;
  readonly epoch?: number;
  readonly out: string;
  readonly json?: boolean;
}

export function addEnrol(program: Command): void {
  const command = program
    .command("enrol")
    .summary("prove a work mailbox and get tokens to sign with")
    .description(
      "Has every registrar of the workforce sign your keys blindly. A registrar learns that this mailbox enrols, and nothing of letters. " +
        "Stopped half-way, the same command goes on. Not on a work device or network.",
    )
    .requiredOption("--out <file>", "where the enrolment is kept; only your phrase opens it")
    .option(
      "--mailbox <address>",
      "your work mailbox; asked for if left out, which nobody else on this machine sees",
    )
    .addOption(
      new Option("--mailbox-fd <n>", "read the mailbox from this descriptor")
        .argParser(descriptor)
        .conflicts("mailbox"),
    )
    .option(
      "--code-fd <n>",
      "read the registrars' codes from this descriptor, a line for each, empty to skip",
      descriptor,
    )
    .option("--epoch <n>", "the epoch to enrol in; today's if left out", epochValue)
    .option("--json", "print one JSON object");
  withPhrase(withBoard(command)).action(run);
}

async function run(options: Options): Promise<void> {
  const log = await openLog(options);
  const epoch = options.epoch ?? currentEpoch(log.view);
  const secrets = await readSecrets(options);
  const earlier = await readEarlier(options.out, secrets, options.workforce, epoch);
  const mailbox = await readMailbox(options);
  const codes = codeSource(options);
  const result = await enrol({
    secrets,
    view: log.view,
    epoch,
    class: "mailbox",
    mailbox,
    earlier,
    askCode: codes.ask,
    onProgress: ({ name }, step) => {
      if (step === "reserved") say(`${name}: a code is on its way to the mailbox.`);
      if (step === "enrolled") say(`${name}: enrolled.`);
      if (step === "working") say(`${name}: busy with many requests; this device does a sum for it first.`);
      if (step === "later") say(`${name}: slow, and not waited for. The same command asks it any other day.`);
    },
    fetch: log.fetch,
  }).finally(codes.close);

  if (result.answered > 0) {
    await writeOutput(options.out, await sealEnrolment(secrets, result.tokens), { replace: true });
  }
  for (const outcome of result.outcomes) {
    if (outcome.state === "failed") say(`${outcome.registrar.name}: ${outcome.code}: ${outcome.message}`);
  }
  const enough = result.answered >= result.quorum;
  const summary = `${result.answered} of ${result.outcomes.length} registrars have enrolled you in epoch ${epoch}; a signature needs ${result.quorum}.`;
  printResult(
    options.json === true,
    {
      epoch,
      answered: result.answered,
      quorum: result.quorum,
      enough,
      registrars: result.outcomes.map(describe),
    },
    [summary],
  );
  if (!enough) {
    throw new CliError(
      "not-enrolled",
      "Too few registrars have answered. Do the same again with the same phrase and file.",
    );
  }
}

function describe(outcome: RegistrarOutcome) {
  const { registrar, state } = outcome;
  return { identity: registrar.identity, state, ...(outcome.state === "failed" && { code: outcome.code }) };
}

/** The newest epoch that is open today. Throws `no-epoch`. */
function currentEpoch(view: WorkforceView): number {
  const day = today();
  const open = [...view.epochs.values()].filter(({ leaf }) => leaf.opens <= day && day <= leaf.closes);
  if (open.length > 0) return Math.max(...open.map(({ leaf }) => leaf.epoch));
  throw new CliError(
    "no-epoch",
    "No epoch of this workforce is open today. Ask the organiser, or name one with --epoch.",
  );
}

/** What an earlier run of this command left. A file that is not that is never overwritten: throws `file-exists`. */
async function readEarlier(
  path: string,
  secrets: Secrets,
  workforce: string,
  epoch: number,
): Promise<EnrolmentTokens | undefined> {
  const file = await readIfThere(path);
  if (file === null) return undefined;
  try {
    const tokens = await openEnrolment(secrets, workforce, file);
    if (tokens.epoch === epoch && tokens.class === "mailbox") return tokens;
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  throw new CliError(
    "file-exists",
    "The file at --out is no enrolment of this phrase, workforce and epoch. Name another, or move it away.",
  );
}

async function readMailbox({ mailbox, mailboxFd }: Options): Promise<string> {
  if (mailboxFd !== undefined) return readFirstLine(mailboxFd).trim();
  if (mailbox === undefined) return ask("Your work mailbox: ", "--mailbox-fd");
  say(
    "warning: other users of this machine can read a mailbox in the arguments. Leave --mailbox out to be asked for it.",
  );
  return mailbox;
}

/** Where codes come from: lines of a descriptor in the order in which they are asked, or the person. */
function codeSource({ codeFd }: Options) {
  const lines = codeFd === undefined ? null : lineReader(codeFd);
  return {
    async ask(registrar: Registrar, wrong: number): Promise<string | null> {
      const again = wrong > 0 ? "That is not the code. " : "";
      const question = `${again}Code in the mail of ${registrar.name} (empty to go on without it): `;
      if (lines === null) return (await ask(question, "--code-fd")) || null;
      say(question);
      return ((await lines.next()) ?? "").trim() || null;
    },
    close: () => lines?.close(),
  };
}
