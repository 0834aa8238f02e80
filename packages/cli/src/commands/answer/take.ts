/** `undersigned answer take`: a mail that came to a letter's answer address by another way than the board's receiver. */
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { CliError } from "../../errors.ts";
import { readInput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { withAnswersDomain } from "../../options/answers-options.ts";
import { type LockOptions, withLock } from "../../options/lock-options.ts";
import { id } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly letter: string;
  readonly answersDomain?: string;
  readonly json?: boolean;
}

export function addAnswerTake(program: Command): void {
  const command = program
    .command("take")
    .summary("take a mail as an answer to a letter")
    .description(
      "As if it had come to the board's receiver: what DKIM proves to be the addressee's is published at once, all else is kept for the organisers. On SQLite the board must be stopped; organisers can do the same at the desk while it runs.",
    )
    .argument("<mail>", "the mail as a file (.eml), with its whole header")
    .requiredOption("--data <folder>", "the board's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption("--letter <id>", "the letter's id", id)
    .option("--json", "print one JSON object");
  withLock(withAnswersDomain(command)).action(run);
}

async function run(path: string, { letter, answersDomain, ...options }: Options): Promise<void> {
  if (answersDomain === undefined) {
    throw new CliError("usage", "Give --answers-domain, as for `undersigned serve`.");
  }
  const { MAX_ANSWER_MAIL_BYTES } = await import("@undersigned/core");
  const mail = await readInput(path, "the mail", MAX_ANSWER_MAIL_BYTES);
  const { openDesk, takeMail } = await import("@undersigned/desk");
  const { UNVERIFIED_SENTENCES } = await import("@undersigned/mail/answer");
  const answered = await withBoardAtHand(options, async (board) => {
    const { desk } = await openDesk(board, { answersDomain });
    return await takeMail(desk, letter, mail);
  });
  const { verified, reason } = answered;
  const why = reason === null ? "" : ((UNVERIFIED_SENTENCES as Record<string, string>)[reason] ?? reason);
  printResult(options.json === true, { ...answered }, [
    verified ? `published: record ${answered.record}` : `kept for the organisers alone: ${why}`,
  ]);
}
