/** `undersigned invitations`: the links by which colleagues without a work mailbox at hand can sign, counted apart. */
import { boardPrefix, invitationsOf } from "@undersigned/client";
import { openEnrolment } from "@undersigned/core";
import type { Command } from "commander";
import { readInput } from "../io/files.ts";
import { printResult, say } from "../io/output.ts";
import { type BoardOptions, openLog, withBoard } from "../options/log-options.ts";
import { type PhraseOptions, readSecrets, withPhrase } from "../options/phrase-option.ts";
import { id } from "../options/values.ts";

interface Options extends BoardOptions, PhraseOptions {
  readonly enrolment: string;
  readonly letter: string;
  readonly json?: boolean;
}

export function addInvitations(program: Command): void {
  const command = program
    .command("invitations")
    .summary("show the invitations that you may give to colleagues")
    .description(
      "Prints a link for each. Each is a secret and works once, for whoever uses it first. The same come out each time; which " +
        "are used, nobody can see but who tries. Not on a work device or network.",
    )
    .requiredOption("--enrolment <file>", "the file that `undersigned enrol` made")
    .requiredOption("--letter <id>", "the letter that the links lead to", id)
    .option("--json", "print one JSON object");
  withPhrase(withBoard(command)).action(run);
}

async function run(options: Options): Promise<void> {
  const enrolment = await readInput(options.enrolment, "--enrolment");
  const { view } = await openLog(options);
  const secrets = await readSecrets(options);
  const tokens = await openEnrolment(secrets, view.workforce, enrolment);
  // What is read may be a mirror; people sign at the board.
  const page = `${boardPrefix(view.manifest.board.url, view.workforce)}letters/${options.letter}/sign`;
  const links = invitationsOf(view, secrets, tokens).map(({ text }) => `${page}#${view.workforce}.${text}`);
  if (links.length === 0) {
    say(
      "This enrolment has no invitations to give: the workforce has none, or too few registrars have given theirs.",
    );
  } else {
    say(
      "Each of these is a secret: whoever sees one can use it, once. Give each to one colleague you know, not through work mail or chat, and cross it off.",
    );
    say("People you invite are counted apart, and who reads the letter is told so.");
  }
  printResult(options.json === true, { epoch: tokens.epoch, links }, links);
}
