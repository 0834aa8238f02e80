/** `undersigned sign`: endorses a letter with the tokens of an enrolment. */
import { appearanceToCarry, confirmedName, earlierSignature, prepareEndorsement } from "@undersigned/client";
import {
  type Appearance,
  type EndorsementRequest,
  type EnrolmentTokens,
  openEnrolment,
  type Secrets,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import { type Command, Option } from "commander";
import { CliError } from "../errors.ts";
import { readInput } from "../io/files.ts";
import { say } from "../io/output.ts";
import { type AppearanceOptions, readAppearance, withAppearance } from "../options/appearance-options.ts";
import { type BoardOptions, openLog, type PublicLog, withBoard, withToday } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { id } from "../options/values.ts";
import { type PostOptions, postOrWrite, requireFreeOutputs } from "../posted.ts";

interface Options extends BoardOptions, PhraseOptions, Partial<AppearanceOptions>, PostOptions {
  readonly letter: string;
  readonly asOn?: string;
  readonly letterFile?: string;
  readonly enrolment: string;
  readonly ifTooFew: EndorsementRequest["remainder"];
}

export function addSign(program: Command): void {
  const command = program
    .command("sign")
    .summary("sign a letter")
    .description(
      "Signs with the tokens of an enrolment. What is sent holds nothing that a registrar has seen. Best some time after " +
        "enrolling and from another network, or through Tor with --proxy.",
    )
    .requiredOption("--letter <id>", "the letter's id", id)
    .requiredOption("--enrolment <file>", "the file that `undersigned enrol` made");
  withAppearance(command, false)
    .addOption(
      new Option(
        "--as-on <letter>",
        "appear as you do now under this letter, which the one that you sign replaces; says nothing of it to anyone",
      )
        .argParser(id)
        .conflicts(["as", "name", "nameFd", "role", "place"]),
    )
    .addOption(
      new Option(
        "--if-too-few <what>",
        "what becomes of your signature if at closing too few come out with it to hide among",
      )
        .choices(["destroy", "release"])
        .default("destroy"),
    )
    .option("--letter-file <file>", "the letter's text, where it is not public");
  withOutputs(withPhrase(withBoard(command))).action(run);
}

/** Options of commands that end in `postOrWrite`. */
export function withOutputs(command: Command): Command {
  return withToday(command)
    .option("--out <file>", "write the request for somebody else to send, instead of sending it")
    .addOption(new Option("--receipt <file>", "keep the board's receipt here").conflicts("out"))
    .option("--json", "print the receipt as JSON");
}

async function run(options: Options): Promise<void> {
  await requireFreeOutputs(options);
  const chosen = await chosenAppearance(options);
  const enrolment = await readInput(options.enrolment, "--enrolment");
  const letterFile =
    options.letterFile === undefined ? undefined : await readInput(options.letterFile, "--letter-file");
  const log = await openLog(options);
  const secrets = await readSecrets(options);
  const tokens = await openEnrolment(secrets, options.workforce, enrolment);
  sayWhat(log.view, options.letter);
  const appearance = chosen ?? (await appearanceUnder(log, secrets, options));
  if (appearance.kind === "named") sayWhetherConfirmed(log.view, tokens, appearance.name);
  const request = await prepareEndorsement({
    view: log.view,
    secrets,
    letter: options.letter,
    letterFile,
    tokens,
    appearance,
    remainder: options.ifTooFew,
  });
  await postOrWrite(log, request, options);
}

/** Null where an earlier letter says it. */
async function chosenAppearance({ as, asOn, ...rest }: Options): Promise<Appearance | null> {
  if (as !== undefined) return await readAppearance({ as, ...rest });
  if (asOn !== undefined) return null;
  throw new CliError(
    "usage",
    "Say how you want to appear: with --as, or with --as-on as under an earlier letter.",
  );
}

/** How the person appears under the letter that this one replaces. Public files alone are read for it, and all of them. */
async function appearanceUnder(
  { view, source }: PublicLog,
  secrets: Secrets,
  { letter, asOn }: Options,
): Promise<Appearance> {
  const earlier = await earlierSignature({ view, source, secrets, letter });
  if (earlier?.letter !== asOn) {
    throw new CliError("usage", "The letter that you sign does not replace the one at --as-on.");
  }
  const appearance = appearanceToCarry(earlier);
  const shown =
    appearance.kind === "anonymous" ? "anonymously" : `by ${appearance.kind === "named" ? "name" : "role"}`;
  say(`You will appear as under the earlier letter: ${shown}.`);
  return appearance;
}

/** How the name will stand under the letter. */
export function sayWhetherConfirmed(view: WorkforceView, tokens: EnrolmentTokens, name: string): void {
  const confirmed = confirmedName(view, tokens);
  if (confirmed === name) say("Your name will stand there as confirmed by your work mailbox.");
  else say(`Your name will stand there as not confirmed: given by you.${otherwise(confirmed)}`);
}

function otherwise(confirmed: string | null): string {
  return confirmed === null ? "" : ` Confirmed is how you wrote it when you enrolled: ${confirmed}.`;
}

/** Names the letter. Throws `letter-refused` for one that is in the log and not as it should be, such as on a taken slot. */
function sayWhat(view: WorkforceView, letter: string): void {
  const refused = view.refusedLetters.find((failure) => failure.letter === letter);
  if (refused !== undefined) {
    throw new CliError(
      "letter-refused",
      `This letter is in the log and must not be signed (${refused.code}): ${refused.message}`,
    );
  }
  const title = view.letters.get(letter)?.manifest?.title;
  if (title !== undefined) say(`Signing: ${title}`);
}
