/** `undersigned enrol`: tokens of one epoch, from every registrar, into a file that only the phrase opens. */
import { confirmedName, enrol, invitationsOf, type RegistrarOutcome } from "@undersigned/client";
import {
  CLASS_OF_EVIDENCE,
  CoreError,
  type EndorsementClass,
  type EnrolmentTokens,
  openEnrolment,
  type Secrets,
  sealEnrolment,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { readIfThere, writeOutput } from "../io/files.ts";
import { printResult, say } from "../io/output.ts";
import { type EvidenceOptions, readEvidence, withEvidence } from "../options/evidence-options.ts";
import { type BoardOptions, openLog, today, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { epochValue } from "../options/values.ts";

interface Options extends BoardOptions, PhraseOptions, EvidenceOptions {
  readonly epoch?: number;
  readonly out: string;
  readonly json?: boolean;
}

const NOT_CONFIRMED =
  "Too few registrars have confirmed the name. You can sign with it all the same; it is shown as given by you.";

export function addEnrol(program: Command): void {
  const command = program
    .command("enrol")
    .summary("prove a work mailbox, or show an invitation, and get tokens to sign with")
    .description(
      "Has every registrar of the workforce sign your keys blindly. A registrar learns that this mailbox enrols, and nothing of letters. " +
        "With --mail nobody mails you anything, and the mail's header is all that is sent of it. With an invitation no mailbox is told. " +
        "Stopped half-way, the same command goes on. Not on a work device or network.",
    )
    .requiredOption("--out <file>", "where the enrolment is kept; only your phrase opens it");
  withEvidence(command)
    .option("--epoch <n>", "the epoch to enrol in; today's if left out", epochValue)
    .option("--json", "print one JSON object");
  withPhrase(withBoard(command)).action(run);
}

async function run(options: Options): Promise<void> {
  const log = await openLog(options);
  const epoch = options.epoch ?? currentEpoch(log.view);
  const secrets = await readSecrets(options);
  const { evidence, name, close } = await readEvidence(log.view, epoch, options);
  const cls = CLASS_OF_EVIDENCE[evidence.kind];
  const earlier = await readEarlier(options.out, secrets, log.view, { epoch, cls });
  const result = await enrol({
    secrets,
    view: log.view,
    epoch,
    evidence,
    name,
    // Who names a name has it asked for again where it was not confirmed.
    nameAgain: options.name !== undefined || options.nameFd !== undefined,
    earlier,
    onProgress: ({ name }, step) => {
      if (step === "reserved" && evidence.kind === "mailbox-code") {
        say(`${name}: a code is on its way to the mailbox.`);
      }
      if (step === "enrolled") say(`${name}: enrolled.`);
      if (step === "working") say(`${name}: busy with many requests; this device does a sum for it first.`);
      if (step === "later") say(`${name}: slow, and not waited for. The same command asks it any other day.`);
    },
    fetch: log.fetch,
  }).finally(close);

  if (result.answered > 0) {
    await writeOutput(options.out, await sealEnrolment(secrets, result.tokens), { replace: true });
  }
  for (const outcome of result.outcomes) {
    if (outcome.state === "failed") say(`${outcome.registrar.name}: ${outcome.code}: ${outcome.message}`);
  }
  const enough = result.answered >= result.quorum;
  const confirmed = confirmedName(log.view, result.tokens);
  if (name !== null) say(confirmed === name ? `The name ${name} is confirmed.` : NOT_CONFIRMED);
  const summary = `${result.answered} of ${result.outcomes.length} registrars have enrolled you in epoch ${epoch}; a signature needs ${result.quorum}.`;
  printResult(
    options.json === true,
    {
      epoch,
      answered: result.answered,
      quorum: result.quorum,
      enough,
      name: confirmed,
      invitations: invitationsOf(log.view, secrets, result.tokens).length,
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
  { workforce }: WorkforceView,
  { epoch, cls }: { readonly epoch: number; readonly cls: EndorsementClass },
): Promise<EnrolmentTokens | undefined> {
  const file = await readIfThere(path);
  if (file === null) return undefined;
  try {
    const tokens = await openEnrolment(secrets, workforce, file);
    if (tokens.epoch === epoch && tokens.class === cls) return tokens;
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  throw new CliError(
    "file-exists",
    "The file at --out is no enrolment of this phrase, workforce, epoch and kind. Name another, or move it away.",
  );
}
